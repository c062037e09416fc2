import { describe, expect, it } from '@jest/globals';
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
    ['charge.refunded', { id: 'ch', object: 'charge', customer: 'c' }, 'customer', null, 'c', null],
    ['charge.dispute.created', { id: 'dp', object: 'dispute', charge: 'ch' }, 'irrelevant', null, null, null],
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
    });
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
