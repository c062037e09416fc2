import type Stripe from 'stripe';
import { oneIntervalAfter } from '../estimate-change.js';
import type { ProviderCalls } from '../provider-call.js';
import type { ChangePreview, PreviewWish, Proration } from '../provider-changes.js';
import type { BillingInterval } from '../provider-name.js';
import type { Money } from '../provider-subscription.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { toBillingInterval, toMoney } from '../subscription-words.js';
import { asCount, asList, asProviderId, asText, at } from '../tolerant-reader.js';
import { STRIPE_PRORATIONS } from './stripe-changes.js';
import type { StripeReading } from './stripe-reading.js';

/**
 * Asks Stripe what a change would cost. The preview of a change that is charged at once (by wish, or because another
 * interval begins a new period) is that charge; any other is the next regular invoice. For the former the next one is
 * asked for as well.
 */
export async function previewStripeChange(
  stripe: Stripe,
  calls: ProviderCalls,
  reading: StripeReading,
  wish: PreviewWish,
): Promise<ChangePreview> {
  const { subscription } = reading;
  const ask = (proration: Proration): Promise<unknown> =>
    calls.repeatably((timeout) =>
      stripe.invoices.createPreview(toParams(reading, wish, proration), { timeout }),
    );
  const interval = wish.priceRef === null ? null : await intervalOf(stripe, calls, wish.priceRef);
  const startsAnew =
    interval !== null && interval !== subscription.interval && subscription.status !== 'trialing';
  const isChargedNow = startsAnew || wish.proration === 'invoice_now';
  const first = await ask(wish.proration);
  const next = isChargedNow ? await ask('none') : first;
  const due = read(first, 'amount_due');
  return {
    dueNow: isChargedNow ? due : { ...due, amount: 0n },
    credit: { ...due, amount: creditOf(first) },
    nextAmount: read(next, 'amount_due'),
    nextAt: startsAnew ? oneIntervalAfter(wish.at, interval) : subscription.currentPeriodEnd,
    estimated: false,
  };
}

async function intervalOf(stripe: Stripe, calls: ProviderCalls, priceRef: string): Promise<BillingInterval> {
  if (asProviderId(priceRef) === null) throw new ProviderRefusedError('stripe', 'not_found');
  const price = await calls.repeatably((timeout) => stripe.prices.retrieve(priceRef, {}, { timeout }));
  const interval = toBillingInterval(
    asText(at(price, 'recurring', 'interval')),
    asCount(at(price, 'recurring', 'interval_count')),
  );
  if (interval === null) throw new ProviderRefusedError('stripe', 'unsupported');
  return interval;
}

function toParams(
  { subscription, itemId }: StripeReading,
  wish: PreviewWish,
  proration: Proration,
): Stripe.InvoiceCreatePreviewParams {
  if (itemId === null) throw new ProviderRefusedError('stripe', 'unsupported');
  return {
    subscription: subscription.id,
    subscription_details: {
      items: [
        {
          id: itemId,
          quantity: wish.seats ?? 1,
          ...(wish.priceRef !== null && { price: wish.priceRef }),
        },
      ],
      proration_behavior: STRIPE_PRORATIONS[proration],
      // Stripe refuses a date without a proration.
      ...(proration === 'none' ? {} : { proration_date: Math.floor(wish.at.getTime() / 1000) }),
    },
  };
}

function read(invoice: unknown, key: string): Money {
  const amount = at(invoice, key);
  const money = toMoney(
    typeof amount === 'number' && Number.isSafeInteger(amount) ? BigInt(amount) : null,
    asText(at(invoice, 'currency')),
  );
  if (money === null) throw new ProviderUnavailableError('stripe');
  return money;
}

/** What the lines of the unused time give back. */
function creditOf(invoice: unknown): bigint {
  return asList(at(invoice, 'lines', 'data'))
    .map((line) => at(line, 'amount'))
    .filter((amount) => typeof amount === 'number' && Number.isSafeInteger(amount) && amount < 0)
    .reduce<bigint>((sum, amount) => sum - BigInt(Number(amount)), 0n);
}
