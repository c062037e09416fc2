import { describe, expect, it } from '@jest/globals';
import { fixture } from '../../../../../test/fixtures/providers/read-fixture.js';
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
      isOfOtherMode: false,
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

describe('every type of event that the SDK knows for Polar', () => {
  const types: Record<string, string> = {
    subscription:
      'created updated active canceled uncanceled cycled migrated past_due paused resumed revoked'.trim(),
    order: 'created updated paid refunded',
    checkout: 'created updated expired',
    customer: 'created updated deleted state_changed',
    refund: 'created updated',
    customer_seat: 'assigned claimed revoked',
    member: 'created updated deleted',
    product: 'created updated',
    discount: 'created updated deleted',
    benefit: 'created updated',
    benefit_grant: 'created updated cycled revoked',
    organization: 'updated',
  };
  const topics: Record<string, string> = {
    subscription: 'subscription',
    order: 'subscription',
    checkout: 'checkout',
    customer: 'customer',
    refund: 'refund',
  };
  const all = Object.entries(types).flatMap(([thing, verbs]) =>
    verbs.split(' ').map((verb) => [`${thing}.${verb}`, topics[thing] ?? 'irrelevant'] as const),
  );

  it('is one of forty-two', () => {
    expect(all).toHaveLength(42);
  });

  it.each(all)('%s is about %s', (type, topic) => {
    expect(read(type, { id: 'x', subscription_id: 's' }).topic).toBe(topic);
  });
});

describe('money that goes back at Polar', () => {
  it('is the refund with its tax, by its order and subscription', () => {
    expect(toPolarEvent(fixture('polar/event-refund-2026-10'), signature, true)).toMatchObject({
      topic: 'refund',
      subscriptionId: '22222222-2222-4222-8222-222222222222',
      customerId: '33333333-3333-4333-8333-333333333333',
      moneyBack: {
        id: '99999999-9999-4999-8999-999999999991',
        paymentId: 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
        money: { amount: 9900n, currency: 'usd' },
        isTotal: false,
        status: 'succeeded',
        reason: 'customer_request',
      },
    });
  });

  it('is read from the older shape, without envelope time and tax', () => {
    expect(toPolarEvent(fixture('polar/event-refund-2025-legacy'), signature, true)).toMatchObject({
      topic: 'refund',
      subscriptionId: null,
      occurredAt: new Date(1_763_900_000_000),
      moneyBack: { money: { amount: 9900n, currency: 'usd' }, status: 'pending' },
    });
  });

  it.each([[-1], [0.5], [2 ** 53], ['x']])('is null for the amount %j, and the event stays one', (amount) => {
    expect(read('refund.created', { id: 'r', amount, currency: 'usd' })).toMatchObject({
      topic: 'refund',
      moneyBack: { id: 'r', money: null },
    });
  });
});

describe('an order of Polar', () => {
  it.each([['polar/event-order-2026-10'], ['polar/event-order-2025-legacy']])(
    'leads to its subscription in %s',
    (name) => {
      expect(toPolarEvent(fixture(name), signature, true)).toMatchObject({
        topic: 'subscription',
        subscriptionId: '22222222-2222-4222-8222-222222222222',
        customerId: '33333333-3333-4333-8333-333333333333',
      });
    },
  );
});
