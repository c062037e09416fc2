import type { Catalog } from '../catalog/catalog.js';
import { isRolledOut } from '../rollout/is-rolled-out.js';
import type { Holding } from './holding.js';
import { RolloutBits } from './rollout-bits.js';
import { type Verdict, verdictOf } from './verdict.js';

/**
 * A catalog with what follows from it worked out: a verdict for each holding and feature, and a bit for each owner and
 * rollout. Made when a version is published, filled as it is asked; nothing in it depends on how many owners there are.
 */
export class CompiledCatalog {
  /** Place of each feature in lists of verdicts. */
  readonly indexes: ReadonlyMap<string, number>;
  private readonly keys: readonly string[];
  private readonly bits: RolloutBits;

  constructor(readonly catalog: Catalog) {
    this.keys = [...catalog.features.keys()];
    this.indexes = new Map(this.keys.map((key, index) => [key, index]));
    this.bits = new RolloutBits(this.keys.length);
  }

  /** The verdicts for a holding, in the order of the features. */
  verdictsOf(holding: Holding): readonly Verdict[] {
    if (holding.verdictsOf !== this) {
      const catalogs = { current: this.catalog, granting: holding.granting ?? this.catalog };
      const held = holding.inForce(this.catalog);
      holding.verdicts = this.keys.map((key) => verdictOf(catalogs, held, key, null));
      holding.verdictsOf = this;
    }
    return holding.verdicts;
  }

  /** Whether a rollout that looks at the owner alone includes this one; `feature` by its index. */
  includes(owner: BucketedOwner, feature: number): boolean {
    // An owner without a place is asked about once, and forgotten.
    if (owner.slot < 0) return this.isIncluded(owner, this.verdictsOf(owner.holding)[feature]);
    if (!this.bits.knows(owner.slot)) this.learn(owner);
    return this.bits.includes(owner.slot, feature);
  }

  /** The place gets a new owner. */
  forget(slot: number): void {
    this.bits.forget(slot);
  }

  private learn(owner: BucketedOwner): void {
    const verdicts = this.verdictsOf(owner.holding);
    this.bits.learn(
      owner.slot,
      verdicts.map((verdict) => this.isIncluded(owner, verdict)),
    );
  }

  private isIncluded({ ownerId }: BucketedOwner, verdict: Verdict | undefined): boolean {
    if (!verdict?.granted || verdict.rolloutLook !== 'owner') return false;
    const subjects = { ownerId, organizationId: null, userId: null };
    return isRolledOut(verdict.feature.key, verdict.feature.rollout, subjects, verdict.plan);
  }
}

/** An owner with the place of its rollout bits, negative for none. */
interface BucketedOwner {
  readonly slot: number;
  readonly ownerId: string;
  readonly holding: Holding;
}
