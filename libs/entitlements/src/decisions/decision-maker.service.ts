import { Injectable } from '@nestjs/common';
import { Clock, TransactionRunner } from '@tollgate/kernel';
import { CapacityCounters } from '@tollgate/usage';
import type { AccessContext } from '../access/access-context.js';
import type { Feature } from '../catalog/catalog.js';
import { Catalogs } from '../catalog/catalogs.service.js';
import { decide } from './decide.js';
import type { Decision } from './decision.js';
import type { Standing } from './limit-layer.js';

/** Gives the pure decision what it looks at: the catalog in force, the instant, and standing counts. */
@Injectable()
export class DecisionMaker {
  constructor(
    private readonly catalogs: Catalogs,
    private readonly counters: CapacityCounters,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** The definition of a feature in the catalog in force. */
  feature(key: string): Feature | undefined {
    return this.catalogs.current().features.get(key);
  }

  /** Decides now; with `standing`, the limit of a capacity as well. */
  decide(context: AccessContext, feature: string, standing?: Standing): Decision {
    return decide({ ...context, catalog: this.catalogs.current(), feature, at: this.clock.now(), standing });
  }

  /** Decides now, with the standing count of a capacity read at this moment. */
  async decideWithStanding(context: AccessContext, key: string): Promise<Decision> {
    const feature = this.feature(key);
    if (!context.owner || feature?.kind !== 'capacity') return this.decide(context, key);
    const place = { ownerId: context.owner.ownerId, organizationId: context.organizationId };
    const limit = { feature: key, countedBy: feature.countedBy };
    return this.decide(context, key, {
      used: await this.counters.used(this.transactions.reader, place, limit),
    });
  }
}
