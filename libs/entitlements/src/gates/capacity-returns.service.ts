import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { CapacityCounters, type CapacityPlace } from '@tollgate/usage';
import { Catalogs } from '../catalog/catalogs.service.js';

/** Gives capacity back in the transaction that removes the thing. */
@Injectable()
export class CapacityReturns {
  constructor(
    private readonly counters: CapacityCounters,
    private readonly catalogs: Catalogs,
  ) {}

  /** Frees one place of each feature; one that is counted per organization has no place in a personal space. */
  async giveBack(tx: Transaction, place: CapacityPlace, ...features: readonly string[]): Promise<void> {
    for (const key of features) {
      const countedBy = this.catalogs.current().features.get(key)?.countedBy ?? 'owner';
      if (countedBy === 'organization' && place.organizationId === null) continue;
      await this.counters.giveBack(tx, place, key, countedBy);
    }
  }
}
