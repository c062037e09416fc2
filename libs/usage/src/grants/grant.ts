import type { BucketSource } from '../counters/counter.js';

/** Units that one grant counted on one meter. */
export interface GrantMeter {
  readonly feature: string;
  /** Start of the window that the units came from, and go back to. */
  readonly start: Date;
  /** What was asked for; a key is compared with this. */
  readonly quantity: bigint;
  /** What is counted: less after a commit of less. */
  readonly counted: bigint;
  /** Units of `counted` that lie beyond the limit. */
  readonly overage: bigint;
}

/** `reserved` units are held until committed, released or expired. */
export type GrantState = 'reserved' | 'committed' | 'released' | 'expired';

/** A remembered grant: a keyed fact (usage event), a reservation, or both. */
export interface Grant extends BucketSource {
  readonly id: string;
  readonly key: string | null;
  readonly state: GrantState;
  /** When held units come back by themselves; null for what was counted at once. */
  readonly expiresAt: Date | null;
  readonly meters: readonly GrantMeter[];
}

/** A name for maps: keys are scoped to their owner. */
export const ownerKey = (ownerId: string, key: string): string => `${ownerId}\n${key}`;

/** Whether a wish is the same as the one that this grant answered: the same features and quantities, in any order. */
export function isSameRequest(
  grant: Grant,
  wishes: readonly { readonly feature: string; readonly quantity: bigint }[],
): boolean {
  return wishesText(grant.meters) === wishesText(wishes);
}

const wishesText = (wishes: readonly { readonly feature: string; readonly quantity: bigint }[]): string =>
  wishes
    .map(({ feature, quantity }) => `${feature}=${quantity}`)
    .toSorted((one, other) => (one < other ? -1 : 1))
    .join('&');

/** Whether the grant still holds units that nobody committed in time. */
export const hasExpired = ({ state, expiresAt }: Grant, at: Date): boolean =>
  state === 'reserved' && expiresAt !== null && expiresAt <= at;
