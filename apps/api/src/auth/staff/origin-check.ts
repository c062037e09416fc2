const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request with a session cookie may do what it asks. Browsers send the cookie along from any page, but
 * they also say which page: a write must name our own origin. `mayBeSilent` lets a missing header pass (signing
 * in, where there is no session to misuse yet).
 */
export function isOriginAllowed(
  method: string,
  origin: string | undefined,
  appUrl: string,
  mayBeSilent: boolean,
): boolean {
  if (READING.has(method)) return true;
  if (origin === undefined) return mayBeSilent;
  return origin === new URL(appUrl).origin;
}
