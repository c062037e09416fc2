import { HttpError } from 'react-admin';
import type { ApiError } from '../api/staff-api.js';

/** What a request may carry besides method and path. */
interface RequestOptions {
  body?: object;
  signal?: AbortSignal;
}

const unreachable: ApiError = { error: 'unreachable', message: 'The server cannot be reached.' };

/**
 * Sends one JSON request to the page's own origin; the session travels in its cookie.
 * @returns the parsed body (undefined for 204)
 * @throws HttpError with the API's status and `{ error, message }` body; status 0 when there was no answer at all
 */
export async function requestJson<Body>(
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  { body, signal }: RequestOptions = {},
): Promise<Body> {
  const response = await send(method, path, body, signal);
  const text = await response.text();
  const parsed = parseJson(text);
  if (!response.ok)
    throw toHttpError(response.status, withRetryAfter(parsed as ApiError | undefined, response));
  if (text && parsed === undefined) throw toHttpError(502, undefined);
  return parsed as Body;
}

async function send(method: string, path: string, body?: object, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(path, {
      method,
      signal,
      credentials: 'same-origin',
      headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new HttpError(unreachable.message, 0, unreachable);
  }
}

function parseJson(text: string): unknown {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    // A proxy's HTML page, say: the caller reports it by its status.
    return undefined;
  }
}

/** The waiting time stands in the header for whoever leaves it out of the body. */
function withRetryAfter(body: ApiError | undefined, { headers }: Response): ApiError | undefined {
  const seconds = Number(headers.get('retry-after'));
  return body && seconds > 0 ? { retryAfter: seconds, ...body } : body;
}

function toHttpError(status: number, body: ApiError | undefined): HttpError {
  const known = body?.error ? body : { error: 'unexpected_answer' };
  return new HttpError(known.message ?? `The server answered ${status}.`, status, known);
}
