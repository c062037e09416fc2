import type { AccessContext } from '../access/access-context.js';
import { GateMisdeclaredError } from '../access/access.errors.js';
import { type OwnedAccess, ownedAccess } from '../access/owned-access.js';
import type { CapacityClaim } from '../gates/capacity-claim.js';

/**
 * What a gated method of a provider gets behind its own arguments: who pays, and the claim that `@WithinCapacity` left.
 * Controllers get the same by `@CurrentAccess()` and `@Claim()`.
 *
 * @example
 * \@Process('export')
 * \@RequiresFeature('export')
 * async export(job: Job<ExportJob>, pass?: DoorPass) {}
 */
export class DoorPass {
  private readonly owned: OwnedAccess;

  constructor(
    context: AccessContext,
    private readonly left: CapacityClaim | null,
  ) {
    this.owned = ownedAccess(context);
  }

  /** Who calls and who pays. */
  get access(): OwnedAccess {
    return this.owned;
  }

  /**
   * The claim to take in the transaction of the thing.
   *
   * @throws GateMisdeclaredError without `@WithinCapacity`
   */
  get claim(): CapacityClaim {
    if (!this.left) throw new GateMisdeclaredError('A method asks for a claim without @WithinCapacity');
    return this.left;
  }
}
