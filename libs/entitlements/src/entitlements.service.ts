import { Injectable } from '@nestjs/common';
import type { Principal } from '@tollgate/kernel';
import { type AccessContext, userIdOf } from './access/access-context.js';
import { Denials } from './access/denials.service.js';
import { Catalogs } from './catalog/catalogs.service.js';
import { DecisionMaker } from './decisions/decision-maker.service.js';
import type { Allowed, Decision } from './decisions/decision.js';
import { OwnerFactsStore } from './decisions/owner-facts.store.js';
import { limitOf, type UsagePreview, usagePreview } from './decisions/usage-preview.js';

/** For whom to decide: the caller, and the owner and organization already resolved. */
export interface Caller {
  readonly principal: Principal;
  readonly ownerId: string;
  readonly organizationId: string | null;
}

/** The one public answer to "may they?", for code that is not behind a decorator. */
@Injectable()
export class EntitlementsService {
  constructor(
    private readonly decisions: DecisionMaker,
    private readonly catalogs: Catalogs,
    private readonly facts: OwnerFactsStore,
    private readonly denials: Denials,
  ) {}

  /** Answers and counts nothing. */
  async check(caller: Caller, feature: string): Promise<Decision> {
    return this.decisions.decideWithStanding(await this.contextOf(caller), feature);
  }

  /**
   * Answers yes or throws.
   *
   * @throws AccessDeniedException with the reason
   */
  async require(caller: Caller, feature: string): Promise<Allowed> {
    const decision = await this.check(caller, feature);
    if (!decision.allowed) throw this.denials.exception(decision);
    return decision;
  }

  /** Whether the owner's plan and rollout include the feature. */
  async canAccess(caller: Caller, feature: string): Promise<boolean> {
    return this.decisions.decide(await this.contextOf(caller), feature).allowed;
  }

  /** The limit as a number; `Infinity` only for explicitly unlimited, 0 for what is denied or has none. */
  async getLimit(caller: Caller, feature: string): Promise<number> {
    return limitOf(await this.check(caller, feature));
  }

  /** The limit with what is used of it; a preview that promises nothing. Units of quotas are not counted yet. */
  async checkUsage(caller: Caller, feature: string): Promise<UsagePreview> {
    return usagePreview(await this.check(caller, feature));
  }

  /** The decisions about every feature of the catalog, by key. */
  async snapshot(caller: Caller): Promise<ReadonlyMap<string, Decision>> {
    const context = await this.contextOf(caller);
    const answers = new Map<string, Decision>();
    for (const feature of this.catalogs.current().features.keys()) {
      answers.set(feature, await this.decisions.decideWithStanding(context, feature));
    }
    return answers;
  }

  private async contextOf({ principal, ownerId, organizationId }: Caller): Promise<AccessContext> {
    const owner = await this.facts.read(ownerId);
    return { principal, owner, organizationId, userId: userIdOf(principal) };
  }
}
