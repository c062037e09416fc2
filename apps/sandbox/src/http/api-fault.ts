import { z } from 'zod';
import { PROVIDERS, type ProviderName } from '../options.js';

/**
 * How a call goes wrong. `down` cuts the connection, `timeout` never answers, `error` answers 5xx, `rate_limited` 429,
 * `lost_response` does the work and cuts the connection before answering, `slow` answers late, `status` answers as told.
 */
export const FAULT_MODES = [
  'down',
  'timeout',
  'error',
  'rate_limited',
  'lost_response',
  'slow',
  'status',
] as const;

/** One fault as planned: which calls it meets, how often, and what it does to them. */
export const apiFaultSchema = z.strictObject({
  provider: z.enum(PROVIDERS),
  mode: z.enum(FAULT_MODES),
  method: z.string().toUpperCase().optional(),
  /** Path as the provider knows it; `*` stands for one segment, a trailing `**` for the rest. */
  path: z.string().startsWith('/').default('/**'),
  /** Calls it meets before it is used up. */
  times: z.int().min(1).max(10_000).default(1),
  /** Calls that pass unharmed first. */
  skip: z.int().min(0).default(0),
  /** Milliseconds for `slow`. */
  delayMs: z.int().min(0).max(60_000).default(1000),
  /** For `error` (500 to 599) and `status`. */
  status: z.int().min(400).max(599).default(503),
  /** Body for `status`; the provider's own words otherwise. */
  body: z.unknown().optional(),
  /** Seconds in the header of `rate_limited` and `error`. */
  retryAfter: z.int().min(0).optional(),
});

/** A planned fault. */
export type ApiFault = z.infer<typeof apiFaultSchema> & { id: string };

/** True when a call is one the fault speaks of. */
export function meets(
  fault: ApiFault,
  call: { provider: ProviderName; method: string; path: string },
): boolean {
  return (
    fault.provider === call.provider &&
    (fault.method === undefined || fault.method === call.method) &&
    pathMatches(fault.path, call.path)
  );
}

/** `/v1/subscriptions/*` names one subscription, `/v1/**` everything below; a slash at the end does not count. */
export function pathMatches(pattern: string, path: string): boolean {
  const wanted = pattern.replace(/\/$/, '').split('/');
  const given = path.replace(/\/$/, '').split('/');
  const open = wanted.at(-1) === '**';
  if (open) wanted.pop();
  if (open ? given.length < wanted.length : given.length !== wanted.length) return false;
  return wanted.every((part, index) => part === '*' || part === given[index]);
}
