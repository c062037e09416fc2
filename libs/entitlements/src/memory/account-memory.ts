import { type Clock, type Freshness, realNow } from '@tollgate/kernel';
import type { KnownAccount } from '../access/billing-owner-resolver.js';
import { anchorInForce, billingAnchorOf } from '../assignments/billing-anchor.js';
import { planInForce } from '../assignments/plan-in-force.js';
import type { Catalog } from '../catalog/catalog.js';
import { Holdings } from '../decisions/holding.js';
import type { OwnerFacts } from '../decisions/owner-facts.js';
import { type Override, overrideInForce } from '../overrides/override.js';
import { GenerationMap } from './generation-map.js';
import { nextChange } from './next-change.js';
import { FORGOTTEN, hasExpired, isNearItsEnd, WarmOrganization, WarmOwner } from './warm-owner.js';

/** How much is remembered, and for how long. */
export interface AccountMemoryOptions {
  /** Most owners, users and organizations that are remembered, each. */
  readonly maxEntries: number;
  /** Real milliseconds after which an entry is read again, whatever was heard; shortened by up to a tenth at random. */
  readonly ttlMs: number;
  /** A number in [0, 1), so that what was read together is not read again together. */
  readonly random: () => number;
}

/** The catalogs that a reading looks at: the current one, and those that assignments in it are pinned to, by number. */
export interface ReadCatalogs {
  readonly current: Catalog;
  readonly pinned: ReadonlyMap<number, Catalog>;
}

/** A reading of accounts that is under way: what changes meanwhile may not be in its answer. */
export interface Reading {
  readonly epoch: number;
  readonly readAt: number;
  /** Owners that were heard to have changed since the reading began. */
  readonly changed: Set<string>;
}

/**
 * What this process remembers of owners and organizations.
 *
 * **Invariant**: an entry of the present epoch says what the database said when the last heartbeat was sent, or later.
 * Whatever changes an owner, its organizations or their members notifies `owner:<id>` in its own transaction; the entry
 * is then forgotten, also when it is only just being read ({@link Reading}).
 */
export class AccountMemory {
  private readonly users: GenerationMap<string, WarmOwner>;
  private readonly owners: GenerationMap<string, WarmOwner>;
  private readonly organizations: GenerationMap<string, WarmOrganization>;
  private readonly readings = new Set<Reading>();
  private readonly holdings = new Holdings();
  private readonly freeSlots: number[] = [];
  private slots = 0;

  constructor(
    private readonly clock: Clock,
    private readonly freshness: Freshness,
    private readonly options: AccountMemoryOptions,
    /** Hears of every place for rollout bits that gets another owner. */
    private readonly slotTaken: (slot: number) => void,
  ) {
    this.users = new GenerationMap(options.maxEntries);
    this.owners = new GenerationMap(options.maxEntries, (owner) => this.retire(owner));
    this.organizations = new GenerationMap(options.maxEntries);
  }

  /** Who pays for a user's personal space, if remembered; ask {@link isCurrent} before believing it. */
  ofUser(userId: string): WarmOwner | undefined {
    return this.users.get(userId);
  }

  /** An owner by its own id, if remembered. */
  ofOwner(ownerId: string): WarmOwner | undefined {
    return this.owners.get(ownerId);
  }

  /** An organization, if remembered. */
  ofOrganization(organizationId: string): WarmOrganization | undefined {
    return this.organizations.get(organizationId);
  }

  /** Whether an entry may be believed at this real instant (ms). */
  isCurrent(owner: WarmOwner, real: number): boolean {
    return (
      owner.epoch === this.freshness.epoch &&
      this.freshness.isFreshAt(real) &&
      !hasExpired(owner, real) &&
      !owner.hasChangedBy(this.clock.at(real))
    );
  }

  /** Begins a reading; what is heard until {@link end} counts as heard after it. */
  begin(): Reading {
    const reading = { epoch: this.freshness.epoch, readAt: realNow(), changed: new Set<string>() };
    this.readings.add(reading);
    return reading;
  }

  end(reading: Reading): void {
    this.readings.delete(reading);
  }

  /** What was read, as an entry: remembered unless it changed meanwhile. */
  admit(
    { account, facts }: KnownAccount,
    userId: string | null,
    reading: Reading,
    catalogs: ReadCatalogs,
  ): WarmOwner | WarmOrganization {
    const owner = this.ownerFrom(account.since, facts, reading, catalogs);
    const isKept = owner.epoch !== FORGOTTEN;
    if (account.organizationId === null) {
      if (isKept && userId !== null) this.users.set(userId, owner);
      return owner;
    }
    const organization = new WarmOrganization(account.organizationId, owner, account.memberIds);
    if (isKept) this.organizations.set(account.organizationId, organization);
    return organization;
  }

  /** An owner, or what it pays for, has changed. */
  forget(ownerId: string): void {
    for (const reading of this.readings) reading.changed.add(ownerId);
    const owner = this.owners.get(ownerId);
    if (owner) this.retire(owner);
    this.owners.delete(ownerId);
  }

  /** Anything may have changed. */
  forgetAll(): void {
    for (const reading of this.readings) reading.changed.add(EVERYBODY);
    for (const owner of this.owners.values()) this.retire(owner);
    for (const map of [this.users, this.owners, this.organizations]) map.clear();
  }

  /** An entry that may be believed for a while stays: several ways lead to one owner, and none drives out the others. */
  private ownerFrom(since: Date, facts: OwnerFacts, reading: Reading, catalogs: ReadCatalogs): WarmOwner {
    const known = this.owners.get(facts.ownerId);
    const { readAt } = reading;
    if (known && this.isCurrent(known, readAt) && !isNearItsEnd(known, readAt)) return known;
    const isChanged = reading.changed.has(facts.ownerId) || reading.changed.has(EVERYBODY);
    const owner = this.warm(since, facts, reading, catalogs);
    if (known) this.retire(known);
    if (isChanged) this.retire(owner);
    else this.owners.set(facts.ownerId, owner);
    return owner;
  }

  /** Nobody who still holds the entry may believe it, and its place goes to another owner. */
  private retire(owner: WarmOwner): void {
    if (owner.slot !== FORGOTTEN) this.freeSlots.push(owner.slot);
    owner.slot = FORGOTTEN;
    owner.epoch = FORGOTTEN;
  }

  private takeSlot(): number {
    const slot = this.freeSlots.pop() ?? this.slots++;
    this.slotTaken(slot);
    return slot;
  }

  private warm(
    since: Date,
    facts: OwnerFacts,
    { epoch, readAt }: Reading,
    catalogs: ReadCatalogs,
  ): WarmOwner {
    const { ownerId, assignments } = facts;
    const at = new Date(this.clock.at(readAt));
    const inForce = planInForce(catalogs.current, assignments, at);
    const lifeMs = this.options.ttlMs * (1 - this.options.random() / 10);
    return new WarmOwner({
      ownerId,
      slot: this.takeSlot(),
      holding: this.holdings.of(inForce, catalogs.pinned.get(inForce.catalogVersion ?? 0) ?? null),
      overrides: overridesInForce(facts, at),
      epoch,
      readAt,
      expiresAt: readAt + lifeMs,
      changesAt: nextChange(facts, at),
      billing: billingAnchorOf(since, anchorInForce(assignments, at)),
    });
  }
}

/** Stands for every owner id. */
const EVERYBODY = '*';

function overridesInForce({ overrides }: OwnerFacts, at: Date): ReadonlyMap<string, Override> | null {
  const features = new Set(overrides.map(({ feature }) => feature));
  const inForce = [...features].flatMap((feature) => {
    const override = overrideInForce(overrides, feature, at);
    return override ? [[feature, override] as const] : [];
  });
  return inForce.length === 0 ? null : new Map(inForce);
}
