import type { ProviderName } from './provider-name.js';

/** How an adapter wants its calls made. */
export interface CallPolicy {
  readonly provider: ProviderName;
  /** Turns whatever the SDK threw into one of our errors. */
  readonly translate: (error: unknown) => Error;
  /** Whether trying again at once may help (not for refusals and rate limits). */
  readonly isTransient: (error: unknown) => boolean;
  /** Whole seconds that the provider told us to stay away; null when it did not. */
  readonly waitWished: (error: unknown) => number | null;
}
