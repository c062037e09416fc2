import type { ErrorKind } from '@tollgate/kernel';

/** The one table from what went wrong to the status that says so over HTTP. */
export const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  defect: 500,
};

const CODE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  408: 'request_timeout',
  409: 'conflict',
  413: 'body_too_large',
  414: 'url_too_long',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  431: 'headers_too_large',
  503: 'unavailable',
};

/** The codes that no rule of ours throws, with the statuses they come with and what they say. */
export const FRAMEWORK_CODES: readonly (readonly [
  code: string,
  { readonly statuses: readonly number[]; readonly message: string },
])[] = [
  ...Object.entries(CODE_OF_STATUS).map(([status, code]) => {
    const words = code.replaceAll('_', ' ');
    return [code, { statuses: [Number(status)], message: words[0]?.toUpperCase() + words.slice(1) }] as const;
  }),
  ['internal_error', { statuses: [500], message: 'Something went wrong on our side' }],
  ['invalid_value', { statuses: [400], message: 'A value in the request cannot be stored' }],
  ['malformed_request', { statuses: [400], message: 'The request cannot be read' }],
];

/** The stable code of an answer that was decided by a status alone (by the framework, not by our rules). */
export function codeOfStatus(status: number): string {
  return CODE_OF_STATUS[status] ?? (status >= 500 ? 'internal_error' : 'bad_request');
}
