import { Injectable } from '@nestjs/common';
import { InvalidRequestError, type Principal, type Transaction } from '@tollgate/kernel';
import type { UsageMeter } from '@tollgate/usage';
import type { AccessContext } from './access/access-context.js';
import type { BillingPlace, NamedPlace } from './access/billing-rules.js';
import { Callers } from './access/callers.service.js';
import { accessIn, contextBehind, type OwnedAccess } from './access/owned-access.js';
import type { KeyArgument } from './catalog/registered-catalog.js';
import {
  type AllCounted,
  allCounted,
  type Caller,
  type ConsumeOptions,
  atOnce,
  holding,
  type HoldOptions,
  type KeyOptions,
  type Reservation,
  type Units,
} from './counting.js';
import type { Allowed, Decision } from './decisions/decision.js';
import { limitOf, type UsagePreview, usagePreview } from './decisions/usage-preview.js';
import { type CheckOptions, Checks } from './gates/checks.service.js';
import { type Counted, type CountingMode, refused } from './gates/consumption.service.js';
import { Denials } from './gates/denials.service.js';
import { MeterGate } from './gates/meter-gate.service.js';
import { withRates } from './gates/told-rates.js';

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
    return (await this.count(caller, [{ feature, ...options }], atOnce(options))).decision;
  }

  /** The same in the caller's own transaction, as its last statement: both commit or roll back together. */
  async consumeIn<Key extends string>(
    tx: Transaction,
    caller: Caller,
    feature: KeyArgument<Key>,
    options: ConsumeOptions = {},
  ): Promise<Decision> {
    return (await this.count(caller, [{ feature, ...options }], { ...atOnce(options), tx })).decision;
  }

  /**
   * Counts units of several features under one key, all or none; the first that refuses answers.
   *
   * @throws as {@link consume} does, and InvalidRequestError `meters_invalid` for none or more than 32
   */
  async consumeAll<Key extends string>(
    caller: Caller,
    units: readonly Units<Key>[],
    options: KeyOptions = {},
  ): Promise<AllCounted> {
    return allCounted(await this.count(caller, units, atOnce(options)));
  }

  /** Holds units for work under way, for `holdSeconds` unless ended before. */
  async reserve<Key extends string>(
    caller: Caller,
    feature: KeyArgument<Key>,
    options: ConsumeOptions & HoldOptions = {},
  ): Promise<Reservation> {
    const { decision, grantId } = await this.count(caller, [{ feature, ...options }], holding(options));
    return { decision, reservationId: grantId };
  }

  /** The same for units of several features, all or none; {@link commit} says of each what was used. */
  async reserveAll<Key extends string>(
    caller: Caller,
    units: readonly Units<Key>[],
    options: KeyOptions & HoldOptions = {},
  ): Promise<AllCounted> {
    return allCounted(await this.count(caller, units, holding(options)));
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
    units: readonly { readonly feature: string; readonly quantity?: bigint }[],
    mode: CountingMode,
  ): Promise<Counted> {
    if (units.length === 0) throw new InvalidRequestError('meters_invalid', 'Name at least one feature');
    const wanted = units.map(({ feature, quantity = 1n }) => ({ feature, quantity }));
    const context = await this.contextOf(caller);
    const features = wanted.map(({ feature }) => feature);
    const { decision, limits } = await this.meters.ask(context, features, 'consume');
    if (!decision.allowed) return refused(decision);
    const counted = await this.meters.count(context, wanted, mode, 'consume');
    withRates(counted.decision, limits);
    return counted;
  }

  private async contextOf(caller: Caller): Promise<AccessContext> {
    const { principal, ownerId, organizationId } = caller;
    return contextBehind(caller) ?? this.callers.ofOwner(principal, ownerId, organizationId);
  }
}
