import type { BillingAnchor } from '@tollgate/usage';
import type { Holding } from '../decisions/holding.js';
import type { Override } from '../overrides/override.js';

/** An owner is remembered in a place that its epoch no longer names: changed, replaced or forgotten. */
export const FORGOTTEN = -1;

/** What is to be remembered of an owner. */
export interface OwnerEntry {
  readonly ownerId: string;
  /** What is held; owners who hold the same share it. */
  readonly holding: Holding;
  /** Overrides in force, by feature; null for none. */
  readonly overrides: ReadonlyMap<string, Override> | null;
  /** Place of the owner's rollout bits, or {@link FORGOTTEN}. */
  readonly slot: number;
  /** The epoch of `Freshness` in which it was read. */
  readonly epoch: number;
  /** Real instant (ms) at which it was read. */
  readonly readAt: number;
  /** Real instant (ms) from which it has to be read again, whatever was or was not heard. */
  readonly expiresAt: number;
  /** Instant (ms) of the Clock at which the answers change by themselves; never served from then on. */
  readonly changesAt: number;
  readonly billing: BillingAnchor;
}

/**
 * Who pays, as remembered: what follows from assignments and overrides until they change by themselves. Kept small,
 * because there are a hundred thousand of them; the rows it came from are not kept.
 *
 * Every check looks at the first fields, so they lie together, and instants among them are whole seconds: a number
 * above 2^31 or with a fraction lies in a place of its own, and going there was half of what a check cost.
 */
export class WarmOwner {
  /** The epoch of `Freshness` in which it was read; {@link FORGOTTEN} once it is known to have changed. */
  epoch: number;
  /** Real second from which it has to be read again. */
  readonly expirySecond: number;
  /** Second of the Clock before which nothing changes by itself; from then on one has to look closer. */
  private readonly quietSecond: number;
  readonly holding: Holding;
  readonly ownerId: string;
  /** Overrides in force, by feature; null for none. */
  readonly overrides: ReadonlyMap<string, Override> | null;
  /** Place of the owner's rollout bits; {@link FORGOTTEN} once another owner may have it. */
  slot: number;
  /** Real instant (ms) at which it was read. */
  readonly readAt: number;
  private readonly changesAt: number;
  private readonly billedFrom: number;
  private readonly moved: BillingAnchor['moved'];

  constructor(entry: OwnerEntry) {
    this.epoch = entry.epoch;
    this.expirySecond = Math.floor(entry.expiresAt / SECOND_MS);
    this.quietSecond = Math.min(Math.floor(entry.changesAt / SECOND_MS), LAST_SECOND);
    this.holding = entry.holding;
    this.ownerId = entry.ownerId;
    this.overrides = entry.overrides;
    this.slot = entry.slot;
    this.readAt = entry.readAt;
    this.changesAt = entry.changesAt;
    this.billedFrom = entry.billing.at.getTime();
    this.moved = entry.billing.moved;
  }

  /** Whether its answers may have changed by themselves at this instant (ms) of the Clock. */
  hasChangedBy(instant: number): boolean {
    return instant >= this.quietSecond * SECOND_MS && instant >= this.changesAt;
  }

  /** Where billing periods are counted from. */
  get billing(): BillingAnchor {
    return { at: new Date(this.billedFrom), moved: this.moved };
  }
}

const SECOND_MS = 1_000;
/** The last second (of Unix time, in 2038) that a field holds in place. */
const LAST_SECOND = 2 ** 31 - 1;

/** Entries are read again so long (real ms) before their end, so that nobody has to wait for it. */
const READ_AHEAD_MS = 5_000;

/** Whether the entry has to be read again at this real instant (ms), whatever was heard. */
export function hasExpired(owner: WarmOwner, real: number): boolean {
  return real >= owner.expirySecond * SECOND_MS;
}

/** Whether the entry ought to be read again soon. */
export function isNearItsEnd(owner: WarmOwner, real: number): boolean {
  return hasExpired(owner, real + READ_AHEAD_MS);
}

/** An organization as remembered: who pays for it, and who may act in it. */
export class WarmOrganization {
  private readonly members: Members;

  constructor(
    readonly organizationId: string,
    readonly owner: WarmOwner,
    /** User ids of those who may act in it. */
    memberIds: readonly string[],
  ) {
    this.members = membersOf(memberIds);
  }

  /** Whether the user may act in it. */
  admits(userId: string): boolean {
    const { members } = this;
    if (typeof members === 'string') return members === userId;
    return 'has' in members ? members.has(userId) : members.includes(userId);
  }
}

/** One user id, a few in a list, or many in a set: each the smallest and quickest for its number. */
type Members = string | readonly string[] | ReadonlySet<string>;

/** Below so many members a list is smaller than a set, and found through as fast. */
const FEW = 8;

function membersOf(userIds: readonly string[]): Members {
  const [only] = userIds;
  if (only !== undefined && userIds.length === 1) return only;
  return userIds.length <= FEW ? userIds : new Set(userIds);
}
