const MODE = /^(?:sk|rk)_(live|test)_/;

/** Whether a secret or restricted key is one of live mode; null when it does not look like a key of Stripe's. */
export function isLiveKey(key: string): boolean | null {
  const mode = MODE.exec(key)?.[1];
  return mode === undefined ? null : mode === 'live';
}
