import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PolarProvider } from '../../libs/billing/src/providers/polar/polar.provider.js';
import type { Proration } from '../../libs/billing/src/providers/provider-changes.js';
import { fixture } from '../fixtures/providers/read-fixture.js';
import { AnswerStub, type StubAnswer } from './answer-stub.js';
import { outcomeOf } from './outcome.js';

const json = (value: unknown, status = 200): StubAnswer => ({ status, body: JSON.stringify(value) });
const known = fixture('polar/subscription-2026-10');
const id = String(known['id']);
const PATH = `/v1/subscriptions/${id}`;

describe('what the Polar adapter asks for when something changes', () => {
  let stub: AnswerStub;
  let polar: PolarProvider;
  beforeAll(async () => {
    stub = await AnswerStub.start();
  });
  beforeEach(() => {
    polar = new PolarProvider({ accessToken: 'polar_oat_1', webhookSecrets: ['whsec_1'], baseUrl: stub.url });
  });
  afterAll(() => stub.stop());
  const asked = () =>
    stub.calls.map(({ method, path, body }) => [
      method,
      path.split('?')[0],
      ...(body === '' ? [] : [JSON.parse(body) as unknown]),
    ]);
  const seats = (proration: Proration, when: 'now' | 'period_end' = 'now') => ({
    seats: 5,
    when,
    proration,
    intentKey: 'owner-1:5',
  });

  it('FX-31: is one update with the new number of seats, and the same one again after a lost answer', async () => {
    const answer = json({ ...known, seats: 5 });
    stub.answer(json(known), { broken: 'reset' }, { status: 502, body: '' }, answer);
    expect(await polar.setSeats(id, seats('next_invoice'))).toMatchObject({ seats: 5 });
    const update = ['PATCH', PATH, { seats: 5, proration_behavior: 'prorate' }];
    expect(asked()).toEqual([['GET', PATH], update, update, update]);
  });

  it.each<[Proration, 'now' | 'period_end', string]>([
    ['next_invoice', 'now', 'prorate'],
    ['invoice_now', 'now', 'invoice'],
    ['none', 'period_end', 'next_period'],
    ['next_invoice', 'period_end', 'next_period'],
  ])('FX-32: carries the proration %s at %s as %s', async (proration, when, proration_behavior) => {
    stub.answer(json({ ...known, seats: 5 }));
    await polar.setSeats(id, seats(proration, when));
    expect(asked()).toEqual([
      ['GET', PATH],
      ['PATCH', PATH, { seats: 5, proration_behavior }],
    ]);
  });

  it('is a new product first and then its seats, each only if it differs', async () => {
    stub.answer(
      json(known),
      json({ ...known, product_id: 'p2', seats: 1 }),
      json({ ...known, product_id: 'p2', seats: 5 }),
    );
    await polar.changePlan(id, { ...seats('invoice_now'), priceRef: 'p2' });
    expect(asked()).toEqual([
      ['GET', PATH],
      ['PATCH', PATH, { product_id: 'p2', proration_behavior: 'invoice' }],
      ['PATCH', PATH, { seats: 5, proration_behavior: 'invoice' }],
    ]);
    stub.answer(json({ ...known, product_id: 'p2', seats: 5 }));
    await polar.changePlan(id, { ...seats('invoice_now'), priceRef: 'p2' });
    expect(asked()).toEqual([['GET', PATH]]);
  });

  it('is fewer seats first and then the product, so that never too many are paid for at the new price', async () => {
    stub.answer(
      json({ ...known, seats: 9 }),
      json({ ...known, seats: 5 }),
      json({ ...known, product_id: 'p2', seats: 5 }),
    );
    await polar.changePlan(id, { ...seats('next_invoice'), priceRef: 'p2' });
    expect(asked().slice(1)).toEqual([
      ['PATCH', PATH, { seats: 5, proration_behavior: 'prorate' }],
      ['PATCH', PATH, { product_id: 'p2', proration_behavior: 'prorate' }],
    ]);
  });

  it('drops first what waits for the period to end, and after a failure in between sends only the rest', async () => {
    const applies_at = known['current_period_end'];
    const waits = { ...known, seats: 4, pending_update: { product_id: 'p2', seats: 2, applies_at } };
    const drop = ['PATCH', PATH, { pending_update: null }];
    const more = ['PATCH', PATH, { seats: 5, proration_behavior: 'prorate' }];
    const locked = json({ error: 'SubscriptionLocked', detail: '' }, 409);
    stub.answer(json(waits), json({ ...known, seats: 4 }), locked);
    expect(await outcomeOf(polar.setSeats(id, seats('next_invoice')))).toMatchObject({ reason: 'locked' });
    expect(asked()).toEqual([['GET', PATH], drop, more]);
    stub.answer(json({ ...known, seats: 4 }), json({ ...known, seats: 5 }));
    await polar.setSeats(id, seats('next_invoice'));
    expect(asked()).toEqual([['GET', PATH], more]);
  });

  it.each([
    [402, 'PaymentFailed', 'payment_failed'],
    [403, 'AlreadyCanceledSubscription', 'cancel_scheduled'],
    [403, 'InactiveSubscription', 'ended'],
    [403, 'NotPermitted', 'credentials'],
    [409, 'SubscriptionLocked', 'locked'],
    [404, 'ResourceNotFound', 'not_found'],
    [422, 'RequestValidationError', 'invalid'],
  ])('is not asked twice when Polar says %s %s: %s', async (status, error, reason) => {
    stub.answer(json(known), json({ error, detail: 'In words' }, status));
    expect(await outcomeOf(polar.setSeats(id, seats('next_invoice')))).toMatchObject({
      code: 'provider_refused',
      reason,
      providerCode: error,
      details: { reason },
    });
    expect(stub.calls.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  it('takes “not scheduled to cancel” for what was wished, and a lock for a lock', async () => {
    stub.answer(json({ error: 'SubscriptionNotScheduledToCancel', detail: '' }, 409), json(known));
    expect(await polar.undoCancel(id)).toMatchObject({ id, cancelAt: null });
    stub.answer(json({ error: 'SubscriptionLocked', detail: '' }, 409), json(known));
    expect(await outcomeOf(polar.undoCancel(id))).toMatchObject({ reason: 'locked' });
  });

  it('is the trial that was decided, and none where none was, whatever the product carries', async () => {
    const page = json({ id: 'c1', url: 'https://polar.sh/c1', expires_at: '2026-12-01T00:00:00Z' }, 201);
    const order = {
      checkoutId: 'ours',
      ownerId: 'owner-1',
      customerId: 'customer-1',
      plan: 'pro',
      interval: 'month' as const,
      priceRef: 'p1',
      seats: null,
      successUrl: 'https://app.example/done',
      cancelUrl: 'https://app.example/',
    };
    stub.answer(page);
    await polar.createCheckout({ ...order, trialDays: 14 });
    await polar.createCheckout({ ...order, trialDays: null });
    const [trial, none] = stub.calls.map(({ body }) => JSON.parse(body) as unknown);
    expect(trial).toMatchObject({ allow_trial: true, trial_interval: 'day', trial_interval_count: 14 });
    expect(none).toMatchObject({ allow_trial: false });
    expect(none).not.toHaveProperty('trial_interval');
  });

  it('walks every page of a list once, and an unreadable page is no end of the list', async () => {
    const page = (one: string, max_page = 2) =>
      json({ items: [{ ...known, id: one }], pagination: { total_count: 2, max_page } });
    const walk = async () => {
      const found: string[] = [];
      for await (const one of polar.listSubscriptions({ customerId: 'c' })) found.push(one.id);
      return found;
    };
    stub.answer(page('s1'), { body: '<html>' }, page('s2'));
    expect(await walk()).toEqual(['s1', 's2']);
    const pages = stub.calls.map(({ path }) => new URL(path, stub.url).searchParams);
    expect(pages.map((query) => query.get('page'))).toEqual(['1', '2', '2']);
    expect(pages[0]?.get('limit')).toBe('100');
    stub.answer(page('s1'), json({}));
    expect(await outcomeOf(walk())).toMatchObject({ code: 'provider_unavailable' });
  });

  it('SB-32: is usage under our ids, with the quantity as a number', async () => {
    stub.answer(json({ inserted: 1, duplicates: 0 }));
    const at = new Date('2026-11-20T10:00:00Z');
    await polar.reportUsage([{ id: 'u1', meter: 'executions', customerId: 'c', quantity: 7n, at }]);
    expect(asked()).toEqual([
      [
        'POST',
        '/v1/events/ingest',
        {
          events: [
            {
              name: 'executions',
              external_id: 'u1',
              customer_id: 'c',
              timestamp: '2026-11-20T10:00:00.000Z',
              metadata: { quantity: 7 },
            },
          ],
        },
      ],
    ]);
  });
});
