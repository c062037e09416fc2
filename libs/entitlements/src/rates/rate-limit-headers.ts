/** One limit as clients may see it: a rate, or a quota of some window. */
export interface ServiceLimit {
  /** Stable name of the policy; holds no id of a subject. */
  readonly name: string;
  readonly limit: number;
  /** Length of the window in whole seconds; null when it varies, as a month does. */
  readonly perSeconds: number | null;
  readonly remaining: number;
  /** Whole seconds in which no more than `remaining` can be had; null when that is not known. */
  readonly resetInSeconds: number | null;
}

/** The two header fields; none when there is nothing to tell, since an empty list may not be sent. */
export type RateLimitHeaders = Partial<Record<'RateLimit' | 'RateLimit-Policy', string>>;

/**
 * Renders `RateLimit-Policy` and `RateLimit` by draft-ietf-httpapi-ratelimit-headers-11: lists of structured fields
 * (RFC 9651) whose items are the policies' names, with `q` and `w`, `r` and `t`. Partition keys are not sent: they
 * would name subjects.
 */
export function rateLimitHeaders(limits: readonly ServiceLimit[]): RateLimitHeaders {
  if (limits.length === 0) return {};
  const policies = limits.map(({ name, limit, perSeconds }) =>
    itemOf(name, { q: limit, w: perSeconds === 0 ? null : perSeconds }),
  );
  const states = limits.map(({ name, remaining, resetInSeconds }) =>
    itemOf(name, { r: remaining, t: resetInSeconds }),
  );
  return { RateLimit: states.join(', '), 'RateLimit-Policy': policies.join(', ') };
}

function itemOf(name: string, parameters: Readonly<Record<string, number | null>>): string {
  const given = Object.entries(parameters).flatMap(([key, value]) =>
    value === null ? [] : [`;${key}=${integer(value)}`],
  );
  return `${text(name)}${given.join('')}`;
}

/** A structured string holds printable ASCII only. */
function text(name: string): string {
  return `"${name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

const LARGEST = 999_999_999_999_999;

/** A structured integer has at most 15 digits; ours are never negative. */
function integer(value: number): number {
  return Math.min(Math.max(0, Math.trunc(value)), LARGEST);
}
