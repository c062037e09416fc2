import { Injectable } from '@nestjs/common';
import { type AskedFor, type Decision, DecisionLog, EntitlementsService } from '@tollgate/entitlements';
import { isAway, type Principal } from '@tollgate/kernel';
import { AskedCallers, type Asker } from './asked-callers.service.js';
import type { BatchRequest, CheckRequest, Subject } from './check.schemas.js';
import { ownerUnavailable, ownerUnresolved } from './unresolved.js';

/** The decisions about one subject of a batch, in the order of its features. */
export interface BatchRow {
  readonly subject: Subject;
  readonly decisions: readonly Decision[];
}

/** The decision as an answer: a denial is one as well, also the denial that a part of ours is down. */
@Injectable()
export class Checks {
  constructor(
    private readonly entitlements: EntitlementsService,
    private readonly callers: AskedCallers,
    private readonly log: DecisionLog,
  ) {}

  /**
   * The decision about what the request names. Counts nothing, unless it is to consume: then a yes has counted.
   *
   * @throws InvalidRequestError `organization_mismatch`, or `feature_not_metered` for what is not counted in units
   * @throws ConflictError `idempotency_mismatch`
   */
  async check(asker: Asker, question: CheckRequest): Promise<Decision> {
    const { feature, quantity, consume, idempotencyKey: key, trace: wished, ...subject } = question;
    const trace = wished && mayTrace(asker.principal);
    const askedFor = consume ? 'consume' : 'check';
    const work = async (): Promise<Decision> => {
      const caller = await this.callers.of(asker, subject, consume ? 'consume:any' : 'check:any');
      if (caller === null) return this.noted(asker, askedFor, ownerUnresolved(feature, trace));
      return consume
        ? this.entitlements.consume<string>(caller, feature, { quantity: BigInt(quantity), key })
        : this.entitlements.check<string>(caller, feature, { quantity: BigInt(quantity), trace });
    };
    return orWhileAway(work, () => this.noted(asker, askedFor, ownerUnavailable(feature, trace)));
  }

  /**
   * The decisions about every feature for every subject; counts nothing.
   *
   * @throws InvalidRequestError `organization_mismatch`
   */
  async batch(asker: Asker, { subjects, features }: BatchRequest): Promise<BatchRow[]> {
    const work = async (): Promise<BatchRow[]> => {
      // Asked for in one turn, so that those who are not remembered are read together.
      const callers = await Promise.all(subjects.map((subject) => this.callers.of(asker, subject)));
      const known = callers.filter((caller) => caller !== null);
      const decided = await this.entitlements.checkMany(known, features);
      const rows = decided.values();
      const nobody = (): Decision[] =>
        features.map((feature) => this.noted(asker, 'many', ownerUnresolved(feature)));
      return subjects.map((subject, place) => {
        const decisions = callers[place] === null ? nobody() : (rows.next().value ?? nobody());
        return { subject, decisions };
      });
    };
    const away = (): Decision[] =>
      features.map((feature) => this.noted(asker, 'many', ownerUnavailable(feature)));
    return orWhileAway(work, () => subjects.map((subject) => ({ subject, decisions: away() })));
  }

  /** What is not decided by the service, because there is nobody to decide about, is noted here. */
  private noted({ principal }: Asker, askedFor: AskedFor, decision: Decision): Decision {
    this.log.note(askedFor, { principal, organizationId: null }, decision);
    return decision;
  }
}

/** The seven layers say how an answer came about: for our own side, not for the customer's. */
function mayTrace({ kind }: Principal): boolean {
  return kind === 'service_key' || kind === 'staff';
}

/** That a part is down is a decision here as any other denial: whoever asked has to act upon it, not to ask again. */
async function orWhileAway<T>(work: () => Promise<T>, away: () => T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAway(error)) return away();
    throw error;
  }
}
