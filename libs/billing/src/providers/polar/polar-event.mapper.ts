import type { VerifiedEvent } from '../payment-provider.js';
import { asEpoch, asInstant, asText, at } from '../tolerant-reader.js';
import type { PolarSignature } from './polar-signature.js';

type Topic = VerifiedEvent['topic'];

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
  return {
    eventId: signature.id,
    type: type ?? '(none)',
    topic: isKnownType && type !== null ? toTopic(type, ids.subscriptionId) : 'unknown',
    occurredAt: asInstant(at(envelope, 'timestamp')) ?? asEpoch(Number(signature.timestamp)) ?? new Date(0),
    ...ids,
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
function toTopic(type: string, subscriptionId: string | null): Topic {
  if (type.startsWith('subscription.')) return 'subscription';
  if (type.startsWith('checkout.')) return 'checkout';
  if (type.startsWith('customer.')) return 'customer';
  return type.startsWith('order.') && subscriptionId !== null ? 'subscription' : 'irrelevant';
}
