import { createHash } from 'node:crypto';
import { asEpoch, asInstant, asReference, asText, at } from '../tolerant-reader.js';
import type { EventTopic, VerifiedEvent } from '../webhook-event.js';
import { readMoneyBack } from './stripe-money-back.js';
import type { StripeSignature } from './stripe-signature.js';
import { isIrrelevantFamily } from './stripe-topics.js';

type EventIds = Pick<VerifiedEvent, 'subscriptionId' | 'customerId' | 'checkoutId'>;

/**
 * Stripe's event `{id, object: 'event', type, created, data: {object}}` in our words. A thin event and any other object
 * has the topic `unknown`; one without an id gets one from its bytes, so that a retry is still the same event.
 * Endpoints of test and live mode may share an address, so an event says its mode; `keyIsLive` is that of our key, null
 * where it does not tell.
 * `checkoutId` is ours (`client_reference_id`, set by our server) when the event carries it, else the session's id.
 */
export function toStripeEvent(
  event: Record<string, unknown>,
  rawBody: Buffer,
  signature: Pick<StripeSignature, 'timestamp'>,
  keyIsLive: boolean | null = null,
): VerifiedEvent {
  const type = asText(at(event, 'type'));
  const created = at(event, 'created');
  const subject = at(event, 'data', 'object');
  const isLive = at(event, 'livemode');
  const ids = readIds(type ?? '', subject);
  const topic = at(event, 'object') === 'event' && type !== null ? toTopic(type, ids) : 'unknown';
  return {
    eventId: asText(at(event, 'id')) ?? `sha256:${createHash('sha256').update(rawBody).digest('hex')}`,
    type: type ?? '(none)',
    topic,
    occurredAt: asEpoch(created) ?? asInstant(created) ?? asEpoch(Number(signature.timestamp)) ?? new Date(0),
    ...ids,
    isOfOtherMode: keyIsLive !== null && typeof isLive === 'boolean' && isLive !== keyIsLive,
    ...(topic === 'refund' || topic === 'dispute' ? { moneyBack: readMoneyBack(subject) } : {}),
  };
}

function readIds(type: string, subject: unknown): EventIds {
  const id = asText(at(subject, 'id'));
  const customer = at(subject, 'object') === 'customer' ? id : asReference(at(subject, 'customer'));
  if (type.startsWith('customer.subscription.')) {
    return {
      subscriptionId: id,
      customerId: customer,
      checkoutId: asText(at(subject, 'metadata', 'checkout_id')),
    };
  }
  const checkout = type.startsWith('checkout.session.')
    ? (asText(at(subject, 'client_reference_id')) ?? id)
    : null;
  return { subscriptionId: namedSubscription(subject), customerId: customer, checkoutId: checkout };
}

/** Since API 2025-03-31 an invoice names its subscription under `parent`; older endpoints still send the old shape. */
function namedSubscription(subject: unknown): string | null {
  return (
    asReference(at(subject, 'parent', 'subscription_details', 'subscription')) ??
    asReference(at(subject, 'subscription'))
  );
}

/** A refund has events of its own, the charge tells of all that went back of it. */
const REFUNDS = /^(?:charge\.refunded|charge\.refund\.\w+|refund\.\w+)$/;

/** An invoice speaks of a subscription, and a charge of a customer, only when they name one. */
function toTopic(type: string, { subscriptionId, customerId }: EventIds): EventTopic {
  if (type.startsWith('customer.subscription.')) return 'subscription';
  if (type.startsWith('checkout.session.')) return 'checkout';
  if (type.startsWith('customer.')) return 'customer';
  if (type.startsWith('invoice.')) return subscriptionId === null ? 'irrelevant' : 'subscription';
  if (REFUNDS.test(type)) return 'refund';
  if (type.startsWith('charge.dispute.')) return 'dispute';
  if (type.startsWith('charge.')) return customerId === null ? 'irrelevant' : 'customer';
  return isIrrelevantFamily(type) ? 'irrelevant' : 'unknown';
}
