/** How long what is kept; spans in days. Nothing that is still open (held units, units owed) is ever removed. */
export interface UsageOptions {
  /** Hourly buckets, once their day has a record. Steps of an hour can be asked for this long. */
  readonly hourlyDays: number;
  /** Daily records. Monthly records are kept for good. */
  readonly dailyDays: number;
  /** Counters and thresholds after their window; units can go back to a window this long. */
  readonly windowDays: number;
  /** Keyed grants: how long a key is remembered; at least 32. */
  readonly keyDays: number;
  /** Reservations without a key, after they ended. */
  readonly reservationDays: number;
}

/** Injection token of {@link UsageOptions}. */
export const USAGE_OPTIONS = Symbol('USAGE_OPTIONS');

const LEAST_KEY_DAYS = 32;

/** What holds unless the application says otherwise. */
export const USAGE_DEFAULTS: UsageOptions = {
  hourlyDays: 400,
  dailyDays: 1_100,
  windowDays: 400,
  keyDays: 35,
  reservationDays: 2,
};

/**
 * The options with their defaults.
 *
 * @throws RangeError when keys would be forgotten before 32 days, or a span is no number of days
 */
export function withDefaults(options: Partial<UsageOptions> | undefined): UsageOptions {
  const all = { ...USAGE_DEFAULTS, ...options };
  if (all.keyDays < LEAST_KEY_DAYS) throw new RangeError(`keyDays must be at least ${LEAST_KEY_DAYS}`);
  for (const [name, days] of Object.entries(all))
    if (!Number.isInteger(days) || days < 1) throw new RangeError(`${name} must be a whole number of days`);
  return all;
}
