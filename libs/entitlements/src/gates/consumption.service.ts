import { Injectable } from '@nestjs/common';
import {
  Clock,
  InvalidRequestError,
  principalName,
  type Transaction,
  UnavailableError,
} from '@tollgate/kernel';
import { type ConsumeAnswer, type ConsumeRequest, UsageMeter } from '@tollgate/usage';
import type { AccessContext } from '../access/access-context.js';
import { DecisionMaker } from '../decisions/decision-maker.service.js';
import type { Allowed, Decision } from '../decisions/decision.js';
import { windowOf } from '../decisions/meter-window.js';
import { unavailable } from '../decisions/stale-answer.js';
import type { ServiceLimit } from '../rates/rate-limit-headers.js';
import { type Metered, meteredGrant, meteredLimit, meteredRefusal } from './meter-decision.js';

/** Units of one quota that are wanted; 1 or more. */
export interface WantedUnits {
  readonly feature: string;
  readonly quantity: bigint;
}

/** How units are to be counted. */
export interface CountingMode {
  /** The caller's name for this intent, unique within the owner; null counts every call. */
  readonly key: string | null;
  /** Held for so many seconds of the Clock until committed; null counts at once and for good. */
  readonly holdSeconds: number | null;
  /** The caller's own transaction, of which this is the last statement; null for one of its own. */
  readonly tx: Transaction | null;
}

/** What came of it: all were counted, or none. */
export interface Counted {
  /** Of the first feature when all were counted, else of the one that refused. */
  readonly decision: Decision;
  readonly decisions: readonly Decision[];
  readonly limits: readonly ServiceLimit[];
  /** The grant; null when nothing was counted. */
  readonly grantId: string | null;
  /** An earlier call with the same key had counted them. */
  readonly replayed: boolean;
}

/** The seventh layer of quotas, for callers whom the first six let pass: counts all units or none, durably. */
@Injectable()
export class Consumption {
  constructor(
    private readonly decisions: DecisionMaker,
    private readonly meter: UsageMeter,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts the units of an allowed call. Nothing is counted while the database cannot be asked: `unavailable`.
   *
   * @throws InvalidRequestError `feature_not_metered`, or what `UsageMeter.consume` refuses
   * @throws ConflictError `idempotency_mismatch`
   */
  async count(context: AccessContext, wanted: readonly WantedUnits[], mode: CountingMode): Promise<Counted> {
    const at = this.clock.now();
    const believable = await this.decisions.believable(context);
    const answers = wanted.map(({ feature }) => this.decisions.answerBy(believable, feature));
    const refusal = answers.find(({ allowed }) => !allowed);
    if (refusal) return refused(refusal);
    if (believable.standing !== 'confirmed' || !believable.owner)
      return refused(unavailable(wanted[0]?.feature ?? '', believable.owner?.ownerId));
    const metered = wanted.map((units) => this.meteredOf(believable, units, at));
    const request = requestOf(believable, metered, at, mode.key);
    try {
      return this.countedOf(request, metered, await this.write(request, mode));
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      return refused(unavailable(wanted[0]?.feature ?? '', request.ownerId));
    }
  }

  /** Keeps what was used of held units (null: all of them) and gives the rest back. */
  commit(
    reservationId: string,
    actual: ReadonlyMap<string, bigint> | null = null,
  ): ReturnType<UsageMeter['commit']> {
    return this.meter.commit(reservationId, actual, this.clock.now());
  }

  /** Gives held units back and frees their key. */
  release(reservationId: string): ReturnType<UsageMeter['release']> {
    return this.meter.release(reservationId, this.clock.now());
  }

  private write(request: ConsumeRequest, { holdSeconds, tx }: CountingMode): Promise<ConsumeAnswer> {
    if (tx) return this.meter.consumeIn(tx, request);
    if (holdSeconds === null) return this.meter.consume(request);
    const expiresAt = new Date(request.at.getTime() + holdSeconds * 1_000);
    return this.meter.reserve({ ...request, expiresAt });
  }

  private meteredOf(context: AccessContext, { feature, quantity }: WantedUnits, at: Date): Metered {
    const granting = this.decisions.granting(context, feature);
    const window = granting && context.owner && windowOf(granting.feature, context.owner, at);
    if (!granting || !window)
      throw new InvalidRequestError('feature_not_metered', `"${feature}" is not counted in units`);
    return { granting, window, quantity };
  }

  private countedOf(
    { ownerId, at }: ConsumeRequest,
    metered: readonly Metered[],
    answer: ConsumeAnswer,
  ): Counted {
    const decisions = metered.map((one, place) => {
      const standing = answer.meters[place];
      if (!standing) throw new Error(`the meter answered nothing about ${one.granting.feature.key}`);
      return answer.granted || standing.fits
        ? meteredGrant(ownerId, one, standing)
        : meteredRefusal(ownerId, one, standing, at);
    });
    const limits = metered.flatMap((one, place) => meteredLimit(one, answer.meters[place]?.used ?? 0n, at));
    const first = decisions.find(({ allowed }) => !allowed) ?? decisions[0];
    if (!first) throw new Error('nothing was wanted');
    if (!answer.granted) return { ...refused(first), decisions, limits };
    const told = decisions.map((decision) => ({
      ...(decision as Allowed),
      ...(answer.replayed && { replayed: true }),
    }));
    return {
      decision: told[0] ?? first,
      decisions: told,
      limits,
      grantId: answer.grantId,
      replayed: answer.replayed,
    };
  }
}

function requestOf(
  { principal, owner, organizationId }: AccessContext,
  metered: readonly Metered[],
  at: Date,
  key: string | null,
): ConsumeRequest {
  return {
    ownerId: owner?.ownerId ?? '',
    organizationId,
    principal: principal ? principalName(principal) : '',
    at,
    key,
    meters: metered.map(({ granting, window, quantity }) => ({
      feature: granting.feature.key,
      quantity,
      limit: granting.allowance.limit ?? 0n,
      overage: granting.allowance.overage,
      window,
    })),
  };
}

/** What comes of a denial: nothing was counted. */
export function refused(decision: Decision): Counted {
  return { decision, decisions: [decision], limits: [], grantId: null, replayed: false };
}
