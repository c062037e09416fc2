import { describe, expect, it } from '@jest/globals';
import { fixture } from '../../../../../test/fixtures/providers/read-fixture.js';
import { toStripeEvent } from './stripe-event.mapper.js';

const bytes = Buffer.from('{}');
const signature = { timestamp: '1763900000' };
const read = (type: string, object: unknown) =>
  toStripeEvent(
    { id: 'evt_1', object: 'event', type, created: 1_763_800_000, data: { object } },
    bytes,
    signature,
  );

describe("a type of Stripe's", () => {
  it.each([
    ['customer.subscription.created', { id: 's', customer: 'c' }, 'subscription', 's', 'c', null],
    [
      'customer.subscription.deleted',
      { id: 's', customer: { id: 'c' }, metadata: { checkout_id: 'ours' } },
      'subscription',
      's',
      'c',
      'ours',
    ],
    [
      'invoice.paid',
      { id: 'in', customer: 'c', parent: { subscription_details: { subscription: 's' } } },
      'subscription',
      's',
      'c',
      null,
    ],
    ['invoice.paid', { id: 'in', customer: 'c', subscription: 's' }, 'subscription', 's', 'c', null],
    ['invoice.paid', { id: 'in', customer: 'c', parent: null }, 'irrelevant', null, 'c', null],
    [
      'checkout.session.expired',
      { id: 'cs', customer: 'c', subscription: null },
      'checkout',
      null,
      'c',
      'cs',
    ],
    [
      'checkout.session.completed',
      { id: 'cs', client_reference_id: 'ours', subscription: { id: 's' } },
      'checkout',
      's',
      null,
      'ours',
    ],
    ['charge.succeeded', { id: 'ch', object: 'charge', customer: 'c' }, 'customer', null, 'c', null],
    ['customer.deleted', { id: 'c', object: 'customer' }, 'customer', null, 'c', null],
    ['customer.tax_id.created', { id: 'txi', object: 'tax_id', customer: 'c' }, 'customer', null, 'c', null],
    ['payment_intent.succeeded', { id: 'pi', customer: 'c' }, 'irrelevant', null, 'c', null],
    ['invoice_payment.paid', { id: 'inpay' }, 'irrelevant', null, null, null],
    ['teleport.arrived', { id: 'x' }, 'unknown', null, null, null],
    ['toString.called', { id: 'x' }, 'unknown', null, null, null],
  ] as const)('%s of %j is about %s', (type, object, topic, subscriptionId, customerId, checkoutId) => {
    expect(read(type, object)).toEqual({
      eventId: 'evt_1',
      type,
      topic,
      occurredAt: new Date(1_763_800_000_000),
      subscriptionId,
      customerId,
      checkoutId,
      isOfOtherMode: false,
    });
  });
});

describe('an event of Stripe', () => {
  it.each([
    [true, true, false],
    [false, false, false],
    [true, false, true],
    [false, true, true],
    [true, null, false],
    [undefined, true, false],
    ['true', false, false],
  ])('with livemode %j for a key that is live: %j, is of the other mode: %j', (livemode, keyIsLive, is) => {
    const event = { id: 'evt_1', object: 'event', type: 'customer.updated', created: 1, livemode };
    expect(toStripeEvent(event, bytes, signature, keyIsLive).isOfOtherMode).toBe(is);
  });
});

describe('a thin event of Stripe', () => {
  it('is unknown whatever its type says, because it carries no object', () => {
    const thin = {
      id: 'evt_2',
      object: 'v2.core.event',
      type: 'customer.updated',
      created: '2026-11-20T10:00:00Z',
    };
    expect(toStripeEvent(thin, bytes, signature)).toMatchObject({
      eventId: 'evt_2',
      topic: 'unknown',
      occurredAt: new Date('2026-11-20T10:00:00Z'),
    });
  });
});

describe('an object of Stripe without an id', () => {
  it('is the same event again when the same bytes come again', () => {
    const [first, retry] = [signature, { timestamp: '1763900060' }].map((one) =>
      toStripeEvent({}, bytes, one),
    );
    expect(first).toMatchObject({
      topic: 'unknown',
      eventId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    });
    expect(retry?.eventId).toBe(first?.eventId);
    expect(toStripeEvent({}, Buffer.from('{ }'), signature).eventId).not.toBe(first?.eventId);
  });
});

describe('every type of event that facts name for Stripe', () => {
  it.each([
    ['checkout.session.completed', 'checkout'],
    ['checkout.session.async_payment_succeeded', 'checkout'],
    ['checkout.session.async_payment_failed', 'checkout'],
    ['checkout.session.expired', 'checkout'],
    ['customer.subscription.created', 'subscription'],
    ['customer.subscription.updated', 'subscription'],
    ['customer.subscription.deleted', 'subscription'],
    ['customer.subscription.paused', 'subscription'],
    ['customer.subscription.resumed', 'subscription'],
    ['customer.subscription.trial_will_end', 'subscription'],
    ['customer.subscription.pending_update_applied', 'subscription'],
    ['customer.subscription.pending_update_expired', 'subscription'],
    ['invoice.paid', 'subscription'],
    ['invoice.payment_succeeded', 'subscription'],
    ['invoice.payment_failed', 'subscription'],
    ['invoice.payment_action_required', 'subscription'],
    ['customer.deleted', 'customer'],
    ['customer.updated', 'customer'],
    ['charge.refunded', 'refund'],
    ['charge.refund.updated', 'refund'],
    ['refund.created', 'refund'],
    ['refund.updated', 'refund'],
    ['refund.failed', 'refund'],
    ['charge.dispute.created', 'dispute'],
    ['charge.dispute.updated', 'dispute'],
    ['charge.dispute.closed', 'dispute'],
    ['charge.dispute.funds_withdrawn', 'dispute'],
    ['entitlements.active_entitlement_summary.updated', 'irrelevant'],
    ['subscription_schedule.released', 'irrelevant'],
    ['price.updated', 'irrelevant'],
  ])('%s is about %s', (type, topic) => {
    const object = { id: 'x', customer: 'c', subscription: 's' };
    expect(read(type, object).topic).toBe(topic);
  });
});

describe('money that goes back at Stripe', () => {
  const stored = (name: string) => toStripeEvent(fixture(`stripe/${name}`), bytes, signature);

  it.each([
    [
      'event-charge-refunded-2026-10-28.endive',
      'refund',
      { id: null, paymentId: 'ch_1', money: usd(4000n), isTotal: true, status: 'succeeded', reason: null },
    ],
    [
      'event-charge-refunded-2022-08-01',
      'refund',
      {
        id: 're_1',
        paymentId: 'ch_1',
        money: usd(9900n),
        isTotal: true,
        status: 'succeeded',
        reason: 'requested_by_customer',
      },
    ],
    [
      'event-refund-2026-10-28.endive',
      'refund',
      { id: 're_2', paymentId: 'ch_1', money: usd(4000n), isTotal: false, status: 'pending', reason: null },
    ],
    [
      'event-dispute-2026-10-28.endive',
      'dispute',
      {
        id: 'du_1',
        paymentId: 'ch_1',
        money: usd(9900n),
        isTotal: false,
        needsAnswer: true,
        status: 'needs_response',
        reason: 'fraudulent',
      },
    ],
    [
      'event-dispute-2020-08-27',
      'dispute',
      {
        id: 'dp_1',
        paymentId: 'ch_1',
        money: usd(9900n),
        isTotal: false,
        needsAnswer: false,
        status: 'lost',
        reason: 'general',
      },
    ],
  ])('is read from %s', (name, topic, moneyBack) => {
    expect(stored(name)).toMatchObject({ topic, moneyBack });
  });

  it.each([[-1], [1.5], [2 ** 53], ['9900'], [null]])(
    'is null for the amount %j, and the event stays one',
    (amount) => {
      const event = read('refund.created', {
        id: 're',
        object: 'refund',
        charge: 'ch',
        currency: 'usd',
        amount,
      });
      expect(event).toMatchObject({ topic: 'refund', moneyBack: { id: 're', money: null } });
    },
  );
});

describe('an older version of Stripe', () => {
  it('tells of the same subscription', () => {
    const event = toStripeEvent(fixture('stripe/event-subscription-deleted-2024-06-20'), bytes, signature);
    expect(event).toMatchObject({ topic: 'subscription', customerId: 'cus_1' });
    expect(event.subscriptionId).not.toBeNull();
  });
});

function usd(amount: bigint) {
  return { amount, currency: 'usd' };
}
