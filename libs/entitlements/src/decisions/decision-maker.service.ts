import { Injectable } from '@nestjs/common';
import { Clock, realNow } from '@tollgate/kernel';
import type { AccessContext } from '../access/access-context.js';
import { Callers } from '../access/callers.service.js';
import type { Feature } from '../catalog/catalog.js';
import { Catalogs } from '../catalog/catalogs.service.js';
import type { Decision } from './decision.js';
import { Engine } from './engine.js';
import { staleAnswer, unavailable } from './stale-answer.js';
import type { Granting } from './verdict.js';

/** Layers one to five, for callers whose owner memory may or may not be believed. */
@Injectable()
export class DecisionMaker {
  constructor(
    private readonly engine: Engine,
    private readonly callers: Callers,
    private readonly clock: Clock,
    private readonly catalogs: Catalogs,
  ) {}

  /** The definition of a feature in the catalog in force. */
  feature(key: string): Feature | undefined {
    return this.engine.current().catalog.features.get(key);
  }

  /** The keys of all features, in the catalog's order. */
  features(): readonly string[] {
    return [...this.engine.current().catalog.features.keys()];
  }

  /** The answer from memory; null when {@link decide} has to ask. */
  now(context: AccessContext, feature: string): Decision | null {
    return this.isBelievable(context) ? this.engine.answer(context, feature) : null;
  }

  /** The answer, with the owner looked at anew if need be. */
  async decide(context: AccessContext, feature: string): Promise<Decision> {
    return this.now(context, feature) ?? this.answerBy(await this.renewed(context), feature);
  }

  /** The context itself if it may be believed, else the same caller with the owner looked at anew. */
  async believable(context: AccessContext): Promise<AccessContext> {
    return this.isBelievable(context) ? context : this.renewed(context);
  }

  /** The answer by a context that was resolved just now, as far as it may be believed. */
  answerBy(context: AccessContext, feature: string): Decision {
    if (context.standing === 'unavailable') return unavailable(feature);
    const decision = this.engine.answer(context, feature);
    if (context.standing === 'confirmed') return decision;
    const policy = this.feature(feature)?.failPolicy ?? null;
    const [real, asOf] = [realNow(), Math.min(context.asOf ?? 0, this.catalogs.knownUntil)];
    // The plan has ended meanwhile, or what follows it has begun: the snapshot says nothing about now.
    if (context.owner?.hasChangedBy(this.clock.at(real))) return unavailable(feature);
    return staleAnswer(decision, policy, real - asOf, new Date(this.clock.at(asOf)));
  }

  /** What the owner's plan or override gives of a feature that {@link decide} allowed. */
  granting(context: AccessContext, feature: string): Granting | null {
    const verdict = context.owner && this.engine.verdict(context.owner, feature);
    return verdict?.granted ? verdict : null;
  }

  /** An owner without an age was confirmed. The word for it lies further off, and is looked at for nobody only. */
  private isBelievable(context: AccessContext): boolean {
    const { owner, asOf } = context;
    if (!this.catalogs.isCurrent) return false;
    if (owner === null) return context.standing === 'confirmed';
    return asOf === null && this.callers.isCurrent(owner);
  }

  /** A catalog that is known to be outdated decides nothing; one that only cannot be confirmed is a snapshot like the owner. */
  private async renewed(context: AccessContext): Promise<AccessContext> {
    const [renewed, isCurrent] = await Promise.all([this.callers.renewed(context), this.catalogs.confirm()]);
    if (isCurrent || (renewed.standing === 'stale' && !this.catalogs.isBehind)) return renewed;
    return { ...renewed, owner: null, standing: 'unavailable' };
  }
}
