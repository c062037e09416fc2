import type { World } from '../world.js';

const MINUTE_MS = 60_000;

/** Counts a provider's calls of the last minute of the providers' clock. Not kept over a restart. */
export class CallLimit {
  #calls: number[] = [];

  /** Seconds to wait before the call may be made when there may be `most` a minute, or null when it counts and may go on. */
  take(world: World, most: number | null): number | null {
    if (most === null) return null;
    const now = world.clock.nowMs();
    const recent = this.#calls.filter((at) => at > now - MINUTE_MS);
    this.#calls = recent;
    const oldest = recent[0];
    if (recent.length >= most && oldest !== undefined)
      return Math.max(1, Math.ceil((oldest + MINUTE_MS - now) / 1000));
    recent.push(now);
    return null;
  }
}
