import type { AccessContext } from '../access/access-context.js';
import { GateMisdeclaredError } from '../access/access.errors.js';
import { type OwnedAccess, ownedAccess } from '../access/owned-access.js';
import type { FeatureKey } from '../catalog/registered-catalog.js';
import type { Allowed } from '../decisions/decision.js';
import type { CapacityClaim } from '../gates/capacity-claim.js';
import type { Left } from './gate.js';

/**
 * What a gated method of a provider gets behind its own arguments: who pays, the decisions, and the claim that
 * `@WithinCapacity` left. Controllers get the same by `@CurrentAccess()`, `@CurrentDecision()` and `@Claim()`.
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
    private readonly left: Left,
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
    if (!this.left.claim) throw new GateMisdeclaredError('A method asks for a claim without @WithinCapacity');
    return this.left.claim;
  }

  /**
   * The yes about a feature with which its gate let the call in; without a name the one that was given last.
   *
   * @throws GateMisdeclaredError when no gate of the method gave it
   */
  decision(feature?: FeatureKey): Allowed {
    return this.left.decisions.about(feature ?? null);
  }
}
