/**
 * The machine's time in milliseconds: for timeouts, leases, caches and heartbeats, which are about the outside world
 * (docs/architecture.md, "Two times"). Rules of the domain use the {@link Clock}.
 */
export function realNow(): number {
  return Date.now();
}
