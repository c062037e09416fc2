/** The layers of a decision, in the order in which they are asked. */
export const LAYERS = ['principal', 'owner', 'feature', 'plan', 'rollout', 'rate', 'limit'] as const;

/** See {@link LAYERS}. */
export type Layer = (typeof LAYERS)[number];

/** What became of one layer; `not_evaluated` when an earlier one refused, or when it was not asked. */
export interface LayerOutcome {
  readonly layer: Layer;
  readonly outcome: 'passed' | 'refused' | 'not_evaluated';
}
