import { ProviderRegistry, Reconcile } from '@tollgate/billing';
import { Clock } from '@tollgate/kernel';
import { SANDBOX_CATALOG } from '../../apps/api/src/launcher/sandbox-catalog.js';
import type { TestApp } from './app.js';
import { Caller } from './caller.js';
import type { Person } from './people.js';
import { eventually } from './poll.js';
import { workedOff } from './sandbox-events.js';
import { SECRETS } from './secrets.js';

/** An id that neither provider knows. */
const NOBODYS = '00000000-0000-4000-8000-000000000000';

type Provider = 'polar' | 'stripe';
type Json = Readonly<Record<string, unknown>>;

/** One call that reached the sandbox. */
export interface SandboxRequest {
  readonly provider: Provider;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number | null;
}

/** Buys and pays without waiting for any webhook; answers the provider's subscription id. */
export async function pay(
  test: TestApp,
  person: Person,
  wish: { plan: string; interval: 'month' | 'year'; seats?: number },
): Promise<string> {
  const checkout = (await person.call.post('/v1/checkout', wish)).expect(201);
  const before = new Set(Object.keys(await subscriptionsAt(test)));
  (await test.sandbox.pay(String(checkout.body['url']))).expect(303);
  const id = Object.keys(await subscriptionsAt(test)).find((one) => !before.has(one));
  if (id === undefined) throw new Error('the paid checkout became no subscription');
  return id;
}

/** All subscriptions of both providers as they keep them, by id. */
export async function subscriptionsAt(test: TestApp): Promise<Readonly<Record<string, Json>>> {
  const { body } = (await test.sandbox.control.get('/_control/state')).expect(200);
  const records = (['polar', 'stripe'] as const).flatMap((provider) =>
    Object.entries(
      (body[provider] as { subscriptions: Record<string, { subscription: Json }> }).subscriptions,
    ),
  );
  return Object.fromEntries(records.map(([id, { subscription }]) => [id, subscription]));
}

/** Minor units that were taken for a subscription until now. */
export async function paidFor(test: TestApp, subscriptionId: string): Promise<number> {
  const path = `/_control/money?subscription=${subscriptionId}`;
  const { totals } = (await test.sandbox.control.get(path)).expect(200).body as {
    totals: { charge_usd?: number };
  };
  return totals.charge_usd ?? 0;
}

/** Compares everything with a provider, as every night, and waits until what differs is repaired. */
export async function reconciled(test: TestApp, provider: Provider): Promise<void> {
  const { app } = test;
  const adapter = app.get(ProviderRegistry, { strict: false }).get(provider);
  await app.get(Reconcile, { strict: false }).run(adapter, 'full', app.get(Clock, { strict: false }).now());
  await workedOff(test);
}

/** Something happens at the provider: `cancel`, `uncancel`, `revoke`, `fail-payment`, `recover`. */
export async function happens(test: TestApp, subscriptionId: string, what: string): Promise<void> {
  (await test.sandbox.control.post(`/_control/subscriptions/${subscriptionId}/${what}`, {})).expect(200);
}

/** Puts a running subscription on another price at once, as the merchant would by the provider's own API. */
export async function changePlan(
  test: TestApp,
  provider: Provider,
  subscriptionId: string,
  to: { polarProductId: string; stripePriceId: string },
): Promise<void> {
  if (provider === 'polar') {
    const body = { product_id: to.polarProductId, proration_behavior: 'prorate' };
    const path = `${test.sandbox.url}/polar/v1/subscriptions/${subscriptionId}`;
    (await providerApi(test, 'polar').patch(path, body)).expect(200);
    return;
  }
  const { items } = (await subscriptionsAt(test))[subscriptionId] as { items: { data: { id: string }[] } };
  const form = new URLSearchParams({
    'items[0][id]': items.data[0]?.id ?? '',
    'items[0][price]': to.stripePriceId,
  });
  const path = `${test.sandbox.url}/v1/subscriptions/${subscriptionId}`;
  (await providerApi(test, 'stripe').send('POST', path, form.toString())).expect(200);
}

/** The provider's own API with the merchant's key. */
export function providerApi(test: TestApp, provider: Provider): Caller {
  return provider === 'polar'
    ? new Caller(test.sandbox.url, { authorization: `Bearer ${SECRETS.polarAccessToken}` })
    : new Caller(test.sandbox.url, {
        authorization: `Bearer ${SECRETS.stripeSecretKey}`,
        'content-type': 'application/x-www-form-urlencoded',
      });
}

/** The calls that reached the sandbox since it was asked to forget them. */
export async function requestsTo(test: TestApp): Promise<SandboxRequest[]> {
  const { body } = (await test.sandbox.control.get('/_control/requests')).expect(200);
  return body['requests'] as SandboxRequest[];
}

/** How often each subscription was fetched, by id. */
export async function fetchesOf(test: TestApp): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { method, path } of await requestsTo(test)) {
    const id = method === 'GET' ? /^\/v1\/subscriptions\/([^/]+)$/.exec(path)?.[1] : undefined;
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** Takes a provider down, or lets it come back with `none`: then our circuit to it is closed again too. */
export async function setOutage(test: TestApp, provider: Provider, mode: string): Promise<void> {
  (await test.sandbox.control.put('/_control/outage', { provider, mode })).expect(200);
  if (mode === 'none') await eventually(() => answers(test, provider), 20_000);
}

async function answers(test: TestApp, provider: Provider): Promise<boolean> {
  try {
    await test.app.get(ProviderRegistry).get(provider).fetchSubscription(NOBODYS);
    return true;
  } catch {
    return false;
  }
}

/** Takes every metadata key off everything on sale, at both providers; what was sold before keeps its copy. */
export async function stripMetadata(test: TestApp): Promise<void> {
  for (const { key, stripeProductId } of SANDBOX_CATALOG) {
    for (const id of [key, stripeProductId])
      (await test.sandbox.control.patch(`/_control/products/${id}`, { metadata: {} })).expect(200);
  }
}
