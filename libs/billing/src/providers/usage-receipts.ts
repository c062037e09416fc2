import { CallNotSentError } from './provider-call.errors.js';
import type { UsageReceipt, UsageReport } from './provider-usage.js';
import { ProviderRefusedError } from './provider.errors.js';

/** Reports that a provider can count, and receipts for those that none can (not a whole number of 1 to 2^53 - 1). */
export function splitStorable(reports: readonly UsageReport[]): {
  readonly storable: readonly UsageReport[];
  readonly refused: readonly UsageReceipt[];
} {
  const fits = ({ quantity }: UsageReport): boolean =>
    quantity > 0n && quantity <= BigInt(Number.MAX_SAFE_INTEGER);
  return {
    storable: reports.filter(fits),
    refused: reports
      .filter((report) => !fits(report))
      .map(({ id }) => ({ id, outcome: 'refused', reason: 'quantity_out_of_range' })),
  };
}

/** Receipts after a call that failed: refused, certainly not sent, or of unknown outcome (null: an unreadable answer). */
export function failedReceipts(reports: readonly UsageReport[], error: unknown): readonly UsageReceipt[] {
  const cause = error instanceof Error ? error.cause : null;
  if (error instanceof ProviderRefusedError) {
    return reports.map(({ id }) => ({ id, outcome: 'refused', reason: error.reason }));
  }
  if (cause instanceof CallNotSentError) {
    return reports.map(({ id }) => ({ id, outcome: 'not_sent', reason: cause.why }));
  }
  return reports.map(({ id }) => ({ id, outcome: 'unknown', reason: 'provider_unavailable' }));
}
