import type { models, Polar } from '@polar-sh/sdk/2026-10';
import type { ProviderCalls } from '../provider-call.js';
import type { UsageReceipt, UsageReport } from '../provider-usage.js';
import { asCount, at } from '../tolerant-reader.js';
import { failedReceipts, splitStorable } from '../usage-receipts.js';
import { within } from './polar-errors.mapper.js';

/** Polar takes batches; this size keeps one request well below its limits. */
const BATCH = 200;

/**
 * Reports usage as Polar events. `external_id` is unique for ever at Polar, so that repeating a batch counts nothing
 * twice. Polar answers totals only: in a batch that is partly known every item reads `accepted`.
 */
export async function reportPolarUsage(
  polar: Polar,
  calls: ProviderCalls,
  reports: readonly UsageReport[],
): Promise<readonly UsageReceipt[]> {
  const { storable, refused } = splitStorable(reports);
  const receipts = new Map(refused.map((receipt) => [receipt.id, receipt]));
  for (let from = 0; from < storable.length; from += BATCH) {
    const batch = storable.slice(from, from + BATCH);
    for (const receipt of await ingest(polar, calls, batch)) receipts.set(receipt.id, receipt);
  }
  return reports.flatMap(({ id }) => receipts.get(id) ?? []);
}

async function ingest(
  polar: Polar,
  calls: ProviderCalls,
  batch: readonly UsageReport[],
): Promise<readonly UsageReceipt[]> {
  try {
    const answer = await calls.repeatably((milliseconds) =>
      polar.events.ingest({ events: batch.map(toEvent) }, within(milliseconds)),
    );
    const inserted = asCount(at(answer, 'inserted'));
    if (inserted === null) return failedReceipts(batch, null);
    return batch.map(({ id }) => ({ id, outcome: inserted === 0 ? 'duplicate' : 'accepted', reason: null }));
  } catch (error) {
    return failedReceipts(batch, error);
  }
}

/** The quantity stays a number: Polar's meters sum no text. */
function toEvent(report: UsageReport): models.EventCreateCustomer {
  return {
    name: report.meter,
    external_id: report.id,
    customer_id: report.customerId,
    timestamp: report.at.toISOString(),
    metadata: { quantity: Number(report.quantity) },
  };
}
