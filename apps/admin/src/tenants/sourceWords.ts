import type { Entitlement, PlanSource } from '../api/staff-api.js';

const words: Record<PlanSource | 'override', string> = {
  subscription: 'subscription',
  lifetime: 'lifetime',
  staff: 'given by staff',
  trial: 'trial',
  default: 'default plan',
  override: 'exception by staff',
};

/** Where a plan or a value comes from, in words. */
export function sourceWords(source: NonNullable<Entitlement['source']>): string {
  return words[source] ?? source;
}
