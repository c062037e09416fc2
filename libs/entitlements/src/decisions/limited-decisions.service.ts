import { Injectable } from '@nestjs/common';
import { isAway } from '@tollgate/kernel';
import type { AccessContext } from '../access/access-context.js';
import { withStanding } from './decide.js';
import { DecisionMaker } from './decision-maker.service.js';
import type { Decision } from './decision.js';
import { unavailable } from './stale-answer.js';
import { Standings, type WantedStanding } from './standings.service.js';
import type { Granting } from './verdict.js';

/** What is asked beyond the feature. */
export interface PreviewOptions {
  /** Units of a quota, places of a capacity, or the size of one thing under a ceiling; default one. */
  readonly quantity?: bigint;
}

/** A decision that still has to be held against what stands. */
interface Pending extends WantedStanding {
  readonly granting: Granting;
  readonly settle: (this: void, decision: Decision) => void;
}

/** Layers one to five and seven: the limit with what stands against it at this moment. Counts nothing. */
@Injectable()
export class LimitedDecisions {
  constructor(
    private readonly decisions: DecisionMaker,
    private readonly standings: Standings,
  ) {}

  /** The decision, as it would be for so many; a promise of nothing. */
  async preview(context: AccessContext, feature: string, options?: PreviewOptions): Promise<Decision> {
    const [[decision] = []] = await this.previewMany([context], [feature], options);
    return decision ?? unavailable(feature);
  }

  /** The decisions about several features for several callers: `[context][feature]`, the counts in one round trip. */
  async previewMany(
    contexts: readonly AccessContext[],
    features: readonly string[],
    { quantity = 1n }: PreviewOptions = {},
  ): Promise<Decision[][]> {
    const believable = await Promise.all(contexts.map((context) => this.decisions.believable(context)));
    const pending: Pending[] = [];
    const answers = believable.map((context) => {
      const row = features.map((feature) => this.decisions.answerBy(context, feature));
      for (const [place, decision] of row.entries()) {
        const granting = decision.allowed ? this.decisions.granting(context, decision.feature) : null;
        if (!granting || !context.owner) continue;
        if (context.standing !== 'confirmed') {
          row[place] = staleWithin(decision, granting, quantity);
          continue;
        }
        const { owner, organizationId } = context;
        const settle = (held: Decision): void => void (row[place] = held);
        pending.push({
          granting,
          feature: granting.feature,
          owner,
          organizationId,
          requested: quantity,
          settle,
        });
      }
      return row;
    });
    await this.settle(pending);
    return answers;
  }

  private async settle(pending: readonly Pending[]): Promise<void> {
    try {
      const standings = await this.standings.ofMany(pending);
      for (const [place, { granting, owner, settle }] of pending.entries())
        settle(withStanding(granting, owner.ownerId, standings[place]));
    } catch (error) {
      if (!isAway(error)) throw error;
      for (const { granting, owner, settle } of pending)
        if (granting.feature.kind !== 'flag') settle(unavailable(granting.feature.key, owner.ownerId));
    }
  }
}

/** While the database cannot be asked, a size can still be held against its limit; what has to be counted cannot. */
function staleWithin(decision: Decision, granting: Granting, requested: bigint): Decision {
  const { kind, key } = granting.feature;
  if (kind === 'flag') return decision;
  if (kind !== 'ceiling') return unavailable(key, decision.ownerId);
  const { stale, asOf } = decision;
  const held = withStanding(granting, decision.ownerId ?? '', { used: 0n, requested });
  return { ...held, ...(stale !== undefined && { stale }), ...(asOf !== undefined && { asOf }) };
}
