/** At most `limit` grants in any span of `perSeconds` seconds, over all that is spent under `key`. */
export interface CountedRate {
  readonly key: string;
  /** Integer, 0 or more. */
  readonly limit: number;
  /** Integer, 1 to 3,600. The same key with another span is another count. */
  readonly perSeconds: number;
}

/** How one rate stands at an instant. */
export interface RateState extends CountedRate {
  /** Grants that are left at this instant. */
  readonly remaining: number;
  /** Whole seconds in which no more than `remaining` can be had; after them the next place comes free. */
  readonly resetInSeconds: number;
}

/** The answer about several rates at once; `rates` in the order they were asked. */
export type RateVerdict =
  | { readonly allowed: true; readonly rates: readonly RateState[] }
  | {
      readonly allowed: false;
      /** The first whole second, counted from the call, at which it is granted if nobody else calls; 1 or more. */
      readonly retryAfterSeconds: number;
      /** Key of the rate that keeps the caller waiting longest. */
      readonly refusedKey: string;
      readonly rates: readonly RateState[];
    };

/**
 * Counts grants in sliding windows, for all processes together.
 *
 * A window is half-open: a grant at `g` counts for calls before `g + perSeconds` and no longer for one at exactly
 * that instant. Instants are the caller's, from the Clock; no store looks at a clock of its own.
 */
export abstract class RateStore {
  /**
   * Takes one place of every rate, or of none: a refused attempt spends nothing.
   *
   * @throws UnavailableError `rates_unavailable` when nobody can say
   */
  abstract spend(rates: readonly CountedRate[], at: Date): Promise<RateVerdict>;

  /**
   * What `spend` would say, without spending; `remaining` is before the call.
   *
   * @throws UnavailableError `rates_unavailable` when nobody can say
   */
  abstract peek(rates: readonly CountedRate[], at: Date): Promise<RateVerdict>;
}
