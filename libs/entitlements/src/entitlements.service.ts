import { Injectable } from '@nestjs/common';
import { type Principal, type Transaction, UnavailableError } from '@tollgate/kernel';
import type { UsageMeter } from '@tollgate/usage';
import type { AccessContext } from './access/access-context.js';
import type { BillingPlace, NamedPlace } from './access/billing-rules.js';
import { Callers } from './access/callers.service.js';
import { contextBehind, type OwnedAccess, ownedAccess } from './access/owned-access.js';
import type { KeyArgument } from './catalog/registered-catalog.js';
import type { Allowed, Decision } from './decisions/decision.js';
import { denialMessage } from './decisions/denial-message.js';
import { limitOf, type UsagePreview, usagePreview } from './decisions/usage-preview.js';
import { type CheckOptions, Checks } from './gates/checks.service.js';
import { type Counted, refused } from './gates/consumption.service.js';
import { Denials } from './gates/denials.service.js';
import { MeterGate } from './gates/meter-gate.service.js';

/** For whom to decide: the caller, and the owner and organization already resolved. */
export interface Caller {
  readonly principal: Principal;
  readonly ownerId: string;
  readonly organizationId: string | null;
}

/** How many units, and under which name of the caller's. */
export interface ConsumeOptions {
  /** Whole units, 1 or more; default one. */
  readonly quantity?: bigint;
  /** The caller's name for this intent, unique within the owner: a repetition counts once. */
  readonly key?: string | null;
}

/** Units that are held for work under way. */
export interface Reservation {
  readonly decision: Decision;
  /** Null when they were denied. */
  readonly reservationId: string | null;
}

const HOLD_SECONDS = 900;

/** The one public answer to "may they?", for code that is not behind a decorator. */
@Injectable()
export class EntitlementsService {
  constructor(
    private readonly callers: Callers,
    private readonly checks: Checks,
    private readonly meters: MeterGate,
    private readonly denials: Denials,
  ) {}

  /**
   * Who pays for a principal in a place; null when nobody can be found for certain.
   *
   * @throws UnavailableError `unavailable` when it cannot be found out at the moment
   */
  async callerFor(principal: Principal, place: BillingPlace): Promise<OwnedAccess | null> {
    return accessIn(await this.callers.of(principal, place));
  }

  /**
   * Who pays for a user's personal space or an organization that the principal names; null when nobody can be found.
   * Whether the principal may ask about anybody has to be known before.
   *
   * @throws UnavailableError `unavailable` when it cannot be found out at the moment
   */
  async callerNamed(principal: Principal, place: NamedPlace): Promise<OwnedAccess | null> {
    return accessIn(await this.callers.named(principal, place));
  }

  /** Answers and counts nothing, and spends no rate. */
  async check<Key extends string>(
    caller: Caller,
    feature: KeyArgument<Key>,
    options?: CheckOptions,
  ): Promise<Decision> {
    return this.checks.check(await this.contextOf(caller), feature, options);
  }

  /** The same about many callers and features: `[caller][feature]`, with at most one reading of what is not in memory. */
  async checkMany(callers: readonly Caller[], features: readonly string[]): Promise<Decision[][]> {
    return this.checks.checkMany(
      await Promise.all(callers.map((caller) => this.contextOf(caller))),
      features,
    );
  }

  /**
   * Answers yes or throws; spends the feature's rates, and counts no unit.
   *
   * @throws AccessDeniedException with the reason
   */
  async require<Key extends string>(
    caller: Caller,
    feature: KeyArgument<Key>,
    options?: CheckOptions,
  ): Promise<Allowed> {
    return this.denials.insist(await this.checks.require(await this.contextOf(caller), feature, options));
  }

  /**
   * Counts units, durably, if the decision is yes; spends the feature's rates.
   *
   * @throws InvalidRequestError `quantity_invalid`, `feature_not_metered`, `idempotency_key_invalid`
   * @throws ConflictError `idempotency_mismatch`
   */
  async consume<Key extends string>(
    caller: Caller,
    feature: KeyArgument<Key>,
    options: ConsumeOptions = {},
  ): Promise<Decision> {
    return (await this.count(caller, feature, options, null, null)).decision;
  }

  /** The same in the caller's own transaction, as its last statement: both commit or roll back together. */
  async consumeIn<Key extends string>(
    tx: Transaction,
    caller: Caller,
    feature: KeyArgument<Key>,
    options: ConsumeOptions = {},
  ): Promise<Decision> {
    return (await this.count(caller, feature, options, null, tx)).decision;
  }

  /** Holds units for work under way, for `holdSeconds` (of the Clock, default 15 minutes) unless ended before. */
  async reserve<Key extends string>(
    caller: Caller,
    feature: KeyArgument<Key>,
    options: ConsumeOptions & { readonly holdSeconds?: number } = {},
  ): Promise<Reservation> {
    const counted = await this.count(caller, feature, options, options.holdSeconds ?? HOLD_SECONDS, null);
    return { decision: counted.decision, reservationId: counted.grantId };
  }

  /** Keeps `actual` of the held units (by feature; null: all) and gives the rest back. */
  commit(
    reservationId: string,
    actual: ReadonlyMap<string, bigint> | null = null,
  ): ReturnType<UsageMeter['commit']> {
    return this.meters.commit(reservationId, actual);
  }

  /** Gives held units back, once, and frees their key. */
  release(reservationId: string): ReturnType<UsageMeter['release']> {
    return this.meters.release(reservationId);
  }

  /** Whether the owner's plan and rollout include the feature. */
  async canAccess<Key extends string>(caller: Caller, feature: KeyArgument<Key>): Promise<boolean> {
    return (await this.checks.layersToFive(await this.contextOf(caller), feature)).allowed;
  }

  /** The limit as a number; `Infinity` only for explicitly unlimited, 0 for what is denied or has none. */
  async getLimit<Key extends string>(caller: Caller, feature: KeyArgument<Key>): Promise<number> {
    return limitOf(await this.checks.limit(await this.contextOf(caller), feature));
  }

  /** The limit with what is used of it; a preview that promises nothing. */
  async checkUsage<Key extends string>(caller: Caller, feature: KeyArgument<Key>): Promise<UsagePreview> {
    return usagePreview(await this.checks.limit(await this.contextOf(caller), feature));
  }

  /** The decisions about every feature of the catalog, by key. */
  async snapshot(caller: Caller): Promise<ReadonlyMap<string, Decision>> {
    return this.checks.snapshot(await this.contextOf(caller));
  }

  private async count(
    caller: Caller,
    feature: string,
    { quantity = 1n, key = null }: ConsumeOptions,
    holdSeconds: number | null,
    tx: Transaction | null,
  ): Promise<Counted> {
    const context = await this.contextOf(caller);
    const { decision } = await this.meters.ask(context, [feature], 'consume');
    if (!decision.allowed) return refused(decision);
    return this.meters.count(context, [{ feature, quantity }], { key, holdSeconds, tx }, 'consume');
  }

  private async contextOf(caller: Caller): Promise<AccessContext> {
    const { principal, ownerId, organizationId } = caller;
    return contextBehind(caller) ?? this.callers.ofOwner(principal, ownerId, organizationId);
  }
}

function accessIn(context: AccessContext): OwnedAccess | null {
  if (context.standing === 'unavailable')
    throw new UnavailableError('unavailable', denialMessage('unavailable'));
  return context.owner ? ownedAccess(context) : null;
}
