import { createHash } from 'node:crypto';
import type { VerifiedEvent } from '../payment-provider.js';
import { asEpoch, asInstant, asReference, asText, at } from '../tolerant-reader.js';
import type { StripeSignature } from './stripe-signature.js';
import { isIrrelevantFamily } from './stripe-topics.js';

type Topic = VerifiedEvent['topic'];
type EventIds = Pick<VerifiedEvent, 'subscriptionId' | 'customerId' | 'checkoutId'>;

/**
 * Stripe's event `{id, object: 'event', type, created, data: {object}}` in our words. A thin event and any other object
 * has the topic `unknown`; one without an id gets one from its bytes, so that a retry is still the same event.
 * `checkoutId` is ours (`client_reference_id`, set by our server) when the event carries it, else the session's id.
 */
export function toStripeEvent(
  event: Record<string, unknown>,
  rawBody: Buffer,
  signature: Pick<StripeSignature, 'timestamp'>,
): VerifiedEvent {
  const type = asText(at(event, 'type'));
  const created = at(event, 'created');
  const ids = readIds(type ?? '', at(event, 'data', 'object'));
  const isSnapshot = at(event, 'object') === 'event' && type !== null;
  return {
    eventId: asText(at(event, 'id')) ?? `sha256:${createHash('sha256').update(rawBody).digest('hex')}`,
    type: type ?? '(none)',
    topic: isSnapshot ? toTopic(type, ids) : 'unknown',
    occurredAt: asEpoch(created) ?? asInstant(created) ?? asEpoch(Number(signature.timestamp)) ?? new Date(0),
    ...ids,
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

/** An invoice speaks of a subscription, and a charge of a customer, only when they name one. */
function toTopic(type: string, { subscriptionId, customerId }: EventIds): Topic {
  if (type.startsWith('customer.subscription.')) return 'subscription';
  if (type.startsWith('checkout.session.')) return 'checkout';
  if (type.startsWith('customer.')) return 'customer';
  if (type.startsWith('invoice.')) return subscriptionId === null ? 'irrelevant' : 'subscription';
  if (type.startsWith('charge.')) return customerId === null ? 'irrelevant' : 'customer';
  return isIrrelevantFamily(type) ? 'irrelevant' : 'unknown';
}
