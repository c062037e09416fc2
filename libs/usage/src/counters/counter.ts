import { hourOf } from '../windows/calendar.js';

/** Which running total: one for each owner, feature and window. */
export interface CounterId {
  readonly ownerId: string;
  readonly feature: string;
  /** Start of its window. */
  readonly start: Date;
}

/** The running total of one window, as it stands in a transaction that holds its lock. */
export interface Counter extends CounterId {
  end: Date;
  /** All units, those beyond the limit included. */
  used: bigint;
  /** Units of `used` that lie beyond the limit. */
  overage: bigint;
  /** Units of `used` that the window opened with, because the anchor moved; they stand in no bucket of its own. */
  carried: bigint;
  /** Whether the row has yet to be made. */
  isNew: boolean;
}

/** An hour's total of one owner, organization, feature and principal within one window. */
export interface BucketId extends CounterId {
  readonly organizationId: string | null;
  readonly principal: string;
  readonly hour: Date;
}

/** A name for maps; sorted by it, rows are locked in the same order everywhere. */
export function counterKey({ ownerId, feature, start }: CounterId): string {
  return `${ownerId}\n${feature}\n${start.getTime()}`;
}

/** The bucket that a unit counted at `at` goes to. */
export function bucketOf(
  { ownerId, organizationId, principal, at }: BucketSource,
  { feature, start }: { readonly feature: string; readonly start: Date },
): BucketId {
  return { ownerId, organizationId, principal, feature, start, hour: hourOf(at) };
}

/** Whose units, and when. */
export interface BucketSource {
  readonly ownerId: string;
  readonly organizationId: string | null;
  readonly principal: string;
  readonly at: Date;
}

/** A name for maps. */
export function bucketKey(id: BucketId): string {
  return `${counterKey(id)}\n${id.hour.getTime()}\n${id.organizationId}\n${id.principal}`;
}
