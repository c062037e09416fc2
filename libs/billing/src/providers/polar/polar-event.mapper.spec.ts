import { describe, expect, it } from '@jest/globals';
import { toPolarEvent } from './polar-event.mapper.js';

const signature = { id: 'delivery-1', timestamp: '1763900000' };
const read = (type: string, data: unknown, isKnown = true) =>
  toPolarEvent({ type, timestamp: '2026-11-20T10:00:00.654321Z', data }, signature, isKnown);

describe("a type of Polar's", () => {
  it.each([
    ['subscription.updated', { id: 's', customer_id: 'c' }, 'subscription', 's', 'c', null],
    [
      'subscription.updated',
      { id: 's', customer: { id: 'c' }, checkout_id: 'theirs' },
      'subscription',
      's',
      'c',
      'theirs',
    ],
    ['checkout.updated', { id: 'theirs', metadata: { checkout_id: 'ours' } }, 'checkout', null, null, 'ours'],
    ['checkout.updated', { id: 'theirs', subscription_id: 's' }, 'checkout', 's', null, 'theirs'],
    ['order.paid', { id: 'o', subscription_id: 's', customer_id: 'c' }, 'subscription', 's', 'c', null],
    ['order.paid', { id: 'o', subscription_id: null, customer_id: 'c' }, 'irrelevant', null, 'c', null],
    ['customer.state_changed', { id: 'c' }, 'customer', null, 'c', null],
    ['customer_seat.claimed', { id: 'seat', subscription_id: 's' }, 'irrelevant', 's', null, null],
    ['benefit_grant.created', { id: 'g', customer_id: 'c' }, 'irrelevant', null, 'c', null],
    ['product.updated', { id: 'p' }, 'irrelevant', null, null, null],
  ] as const)('%s of %j is about %s', (type, data, topic, subscriptionId, customerId, checkoutId) => {
    expect(read(type, data)).toEqual({
      eventId: 'delivery-1',
      type,
      topic,
      occurredAt: new Date('2026-11-20T10:00:00.654Z'),
      subscriptionId,
      customerId,
      checkoutId,
    });
  });

  it('that the SDK does not know is unknown, and keeps what it names', () => {
    expect(read('subscription.teleported', { id: 's' }, false)).toMatchObject({
      topic: 'unknown',
      subscriptionId: 's',
    });
  });
});

describe('the time of a Polar event', () => {
  it('is that of its delivery when the envelope tells none', () => {
    expect(toPolarEvent({ type: 'product.updated' }, signature, true).occurredAt).toEqual(
      new Date(1_763_900_000_000),
    );
  });
});
