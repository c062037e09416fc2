import type Stripe from 'stripe';
import type { ProviderCalls } from '../provider-call.js';
import type { UsageReceipt, UsageReport } from '../provider-usage.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { at } from '../tolerant-reader.js';
import { failedReceipts, splitStorable } from '../usage-receipts.js';

/**
 * Reports usage as meter events, one call each. Stripe refuses an identifier that it took within the last day, which is
 * what makes a repetition harmless.
 */
export async function reportStripeUsage(
  stripe: Stripe,
  calls: ProviderCalls,
  reports: readonly UsageReport[],
): Promise<readonly UsageReceipt[]> {
  const { storable, refused } = splitStorable(reports);
  const receipts = new Map(refused.map((receipt) => [receipt.id, receipt]));
  for (const report of storable) receipts.set(report.id, await send(stripe, calls, report));
  return reports.flatMap(({ id }) => receipts.get(id) ?? []);
}

async function send(stripe: Stripe, calls: ProviderCalls, report: UsageReport): Promise<UsageReceipt> {
  const params: Stripe.Billing.MeterEventCreateParams = {
    event_name: report.meter,
    identifier: report.id,
    timestamp: Math.floor(report.at.getTime() / 1000),
    payload: { stripe_customer_id: report.customerId, value: String(report.quantity) },
  };
  let attempts = 0;
  try {
    await calls.repeatably(async (timeout) => {
      attempts += 1;
      const answer = await stripe.billing.meterEvents.create(params, { timeout });
      // The SDK takes an error page without an `error` for an answer, whatever its status.
      if (at(answer, 'identifier') !== report.id) throw new ProviderUnavailableError('stripe');
    });
    return { id: report.id, outcome: 'accepted', reason: null };
  } catch (error) {
    if (!isKnownAlready(error)) return toReceipt(report, error);
    // Our own first attempt may be what it knows: counted once either way.
    return { id: report.id, outcome: attempts > 1 ? 'accepted' : 'duplicate', reason: null };
  }
}

function toReceipt(report: UsageReport, error: unknown): UsageReceipt {
  const [receipt] = failedReceipts([report], error);
  return receipt ?? { id: report.id, outcome: 'unknown', reason: null };
}

function isKnownAlready(error: unknown): boolean {
  return error instanceof ProviderRefusedError && error.providerCode === 'resource_already_exists';
}
