import { GateMisdeclaredError } from '../access/access.errors.js';
import type { Allowed } from '../decisions/decision.js';

/** The decisions with which gates let one passage in, by feature, the latest last. */
export class GivenDecisions {
  private readonly byFeature = new Map<string, Allowed>();

  /** Notes what a gate answered; a later answer about the same feature takes the place of an earlier one. */
  give(...decisions: readonly Allowed[]): void {
    for (const decision of decisions) {
      this.byFeature.delete(decision.feature);
      this.byFeature.set(decision.feature, decision);
    }
  }

  /**
   * The decision about a feature; with null the one that was given last.
   *
   * @throws GateMisdeclaredError when no gate of this handler gave it
   */
  about(feature: string | null): Allowed {
    const found = feature === null ? [...this.byFeature.values()].at(-1) : this.byFeature.get(feature);
    if (found) return found;
    const what = feature === null ? 'a decision' : `the decision about "${feature}"`;
    throw new GateMisdeclaredError(`A handler asks for ${what}, which no gate of it gives`);
  }
}

const byRequest = new WeakMap<object, GivenDecisions>();

/** The decisions that gates gave a request so far. */
export function decisionsOf(request: object): GivenDecisions {
  let given = byRequest.get(request);
  if (!given) byRequest.set(request, (given = new GivenDecisions()));
  return given;
}
