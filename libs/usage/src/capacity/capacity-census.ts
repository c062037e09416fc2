import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { CapacityPlace, CountedBy } from './capacity-space.js';

/** How many things exist in one place. */
export interface CensusLine extends CapacityPlace {
  readonly things: bigint;
}

/** Says how many things of a capacity feature really exist; the product declares one for each feature. */
export interface CapacityCensus {
  readonly feature: string;
  readonly countedBy: CountedBy;
  /** Counts the things of one owner, or of all with null; places without any may be left out. */
  count(reader: Transaction, ownerId: string | null): Promise<CensusLine[]>;
}

/** The censuses of this process; filled by the product's modules when they start. */
@Injectable()
export class CapacityCensuses {
  private readonly byFeature = new Map<string, CapacityCensus>();

  /** Declares how the things of a feature are counted; a second one for the feature replaces the first. */
  register(census: CapacityCensus): void {
    this.byFeature.set(census.feature, census);
  }

  /** All of them, in the order of their declaration. */
  all(): CapacityCensus[] {
    return [...this.byFeature.values()];
  }
}
