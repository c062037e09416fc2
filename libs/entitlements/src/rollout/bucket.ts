import murmurhash from 'murmurhash';

/** Buckets are hundredths of a percent: 0 to 9,999. */
export const BUCKETS = 10_000;

/**
 * The bucket of a subject for one feature, for ever the same: MurmurHash3 (x86, 32 bit, UTF-8) of the subject id,
 * seeded with the MurmurHash3 of the feature key (seed 0), scaled to {@link BUCKETS}. Changing this would roll
 * every feature out anew, to other people (docs/decisions/0004-rollout-hash.md).
 */
export function bucketOf(featureKey: string, subjectId: string): number {
  const seed = murmurhash.v3(featureKey, 0);
  return Math.floor((murmurhash.v3(subjectId, seed) / 2 ** 32) * BUCKETS);
}
