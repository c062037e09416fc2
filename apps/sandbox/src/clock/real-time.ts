/** Milliseconds of the machine's own clock: signatures, timeouts and the running of an unfrozen virtual clock. */
export function realNow(): number {
  return Date.now();
}
