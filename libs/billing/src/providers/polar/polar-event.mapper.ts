import { toMoney } from '../subscription-words.js';
import { asCount, asEpoch, asInstant, asText, at } from '../tolerant-reader.js';
import type { EventTopic, MoneyBack, VerifiedEvent } from '../webhook-event.js';
import type { PolarSignature } from './polar-signature.js';
import { polarTopic } from './polar-topics.js';

/**
 * Polar's envelope `{type, timestamp, data}` in our words. The event's id is the header `webhook-id`, the same on
 * every retry. A type that the SDK does not know keeps the ids it names and gets the topic `unknown`.
 * `checkoutId` is ours (`metadata.checkout_id`, set by our server) when the event carries it, else Polar's own.
 */
export function toPolarEvent(
  envelope: Record<string, unknown>,
  signature: Pick<PolarSignature, 'id' | 'timestamp'>,
  isKnownType: boolean,
): VerifiedEvent {
  const type = asText(at(envelope, 'type'));
  const data = at(envelope, 'data');
  const ids = readIds(type ?? '', data);
  const topic = isKnownType && type !== null ? toTopic(type, ids.subscriptionId) : 'unknown';
  return {
    eventId: signature.id,
    type: type ?? '(none)',
    topic,
    occurredAt: asInstant(at(envelope, 'timestamp')) ?? asEpoch(Number(signature.timestamp)) ?? new Date(0),
    ...ids,
    // Polar's events name no mode: its test environment has secrets and ids of its own.
    isOfOtherMode: false,
    ...(topic === 'refund' ? { moneyBack: readRefund(data) } : {}),
  };
}

type EventIds = Pick<VerifiedEvent, 'subscriptionId' | 'customerId' | 'checkoutId'>;

function readIds(type: string, data: unknown): EventIds {
  const named = (thing: string): string | null => {
    if (type.startsWith(`${thing}.`)) return asText(at(data, 'id'));
    return asText(at(data, `${thing}_id`)) ?? asText(at(data, thing, 'id'));
  };
  return {
    subscriptionId: named('subscription'),
    customerId: named('customer'),
    checkoutId: asText(at(data, 'metadata', 'checkout_id')) ?? named('checkout'),
  };
}

/** An order speaks of a subscription only when it names one; a one-off order changes no access. */
function toTopic(type: string, subscriptionId: string | null): EventTopic {
  if (type.startsWith('order.') && subscriptionId === null) return 'irrelevant';
  return polarTopic(type) ?? 'unknown';
}

/** Polar's amount is without the tax, which goes back beside it. */
function readRefund(refund: unknown): MoneyBack {
  const parts = [asCount(at(refund, 'amount')), asCount(at(refund, 'tax_amount') ?? 0)];
  const [amount, tax] = parts.map((part) => (part === null ? null : BigInt(part)));
  const sum =
    amount === null || amount === undefined || tax === null || tax === undefined ? null : amount + tax;
  return {
    id: asText(at(refund, 'id')),
    paymentId: asText(at(refund, 'order_id')),
    money: toMoney(sum, asText(at(refund, 'currency'))),
    isTotal: false,
    // Polar answers disputes itself.
    needsAnswer: false,
    status: asText(at(refund, 'status')),
    reason: asText(at(refund, 'reason')),
  };
}
