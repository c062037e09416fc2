import type { Sellable } from '../../apps/sandbox/src/options.js';
import { createSandbox } from '../../apps/sandbox/src/sandbox.js';
import type { HostedCheckout, PaymentProvider } from '../../libs/billing/src/providers/payment-provider.js';
import { asList, at } from '../../libs/billing/src/providers/tolerant-reader.js';
import { AnswerStub } from './answer-stub.js';
import type { ArrivedDelivery, ProviderBench } from './provider-bench.js';

/** Credentials of the sandbox, for the adapter to use. */
export const SANDBOX_KEYS = { apiKey: 'sandbox_api_key', webhookSecret: 'whsec_c2FuZGJveC1zZWNyZXQ=' };

const CONTROL_TOKEN = 'control-token-of-the-contract';
/** The port that TCP reserves: nothing listens there. */
const NOWHERE = 'http://127.0.0.1:1';

/** How one adapter is pointed at an address. */
export interface SandboxSubject {
  readonly name: 'polar' | 'stripe';
  readonly provider: (origin: string) => PaymentProvider;
}

/** Starts a sandbox and a webhook address, and hands out both sides of it. */
export async function openSandboxBench({ name, provider }: SandboxSubject): Promise<ProviderBench> {
  const inbox = await AnswerStub.start();
  const keys = { ...SANDBOX_KEYS, webhookUrl: inbox.url };
  const sandbox = await createSandbox({
    controlToken: CONTROL_TOKEN,
    polar: keys,
    stripe: keys,
    catalog: [
      sellable('pro', 9900),
      sellable('pro', 99_900, 'year'),
      sellable('team', 3000),
      sellable('enterprise', 6000),
    ],
  });
  const { url } = await sandbox.listen(0);
  const control = (path: string): Promise<unknown> => callControl(`${url}/_control${path}`);
  return {
    provider: provider(url),
    unreachable: provider(NOWHERE),
    priceRefs: {
      pro: priceRef(name, 'pro'),
      proYearly: priceRef(name, 'pro', 'year'),
      team: priceRef(name, 'team'),
      enterprise: priceRef(name, 'enterprise'),
    },
    pay: async (checkout) => {
      await control(`/checkouts/${checkout.id}/pay`);
      return subscriptionOf(await control('/state'), name, checkout);
    },
    act: async (id, what) => {
      await control(`/subscriptions/${id}/${what}`);
    },
    deliveriesAbout: async (id) => {
      await control('/webhooks/flush');
      return inbox.calls.filter((call) => call.body.includes(id)).map(toDelivery);
    },
    breakCard: async ({ customerId }) => {
      await control(`/customers/${customerId}/fail-payments`);
    },
    deleteCustomer: async (customerId) => {
      const path = name === 'polar' ? 'polar/v1/customers' : 'v1/customers';
      const headers = { authorization: `Bearer ${SANDBOX_KEYS.apiKey}` };
      const answer = await fetch(`${url}/${path}/${customerId}`, { method: 'DELETE', headers });
      if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to a deletion`);
    },
    lock: async (id) => {
      await control(`/subscriptions/${id}/lock`);
      return true;
    },
    paymentOf: async (id) => paymentOf(await control('/state'), name, id),
    counted: async (customerId, meter) => countedUnits(await control('/state'), name, customerId, meter),
    callsMade: async () => asList(at(await control('/requests'), 'requests')).length,
    now: async () => new Date(String(at(await control('/clock'), 'now'))),
    passTo: async (instant) => {
      await callControl(`${url}/_control/clock`, { now: instant.toISOString() });
    },
    close: async () => {
      await sandbox.close();
      await inbox.stop();
    },
  };
}

/** The id of the subscription that a paid checkout became, read where the sandbox keeps it. */
function subscriptionOf(state: unknown, name: 'polar' | 'stripe', checkout: HostedCheckout): string {
  const records = Object.values(Object(at(state, name, 'subscriptions'))).map((one) =>
    at(one, 'subscription'),
  );
  const polarId = at(
    records.find((one) => at(one, 'checkout_id') === checkout.id),
    'id',
  );
  const id =
    name === 'polar' ? polarId : at(state, name, 'checkouts', checkout.id, 'session', 'subscription');
  if (typeof id !== 'string') throw new Error(`the checkout ${checkout.id} became no subscription`);
  return id;
}

/** The order of a subscription at Polar, the charge of its customer at Stripe. */
function paymentOf(state: unknown, name: 'polar' | 'stripe', subscriptionId: string): string {
  const subscription = at(state, name, 'subscriptions', subscriptionId, 'subscription');
  const [things, key, value] =
    name === 'polar'
      ? ['orders', 'subscription_id', subscriptionId]
      : ['charges', 'customer', at(subscription, 'customer')];
  const payment = Object.values(Object(at(state, name, things))).find((one) => at(one, key) === value);
  const id = at(payment, 'id');
  if (typeof id !== 'string') throw new Error(`nothing was paid for ${subscriptionId}`);
  return id;
}

async function callControl(url: string, put?: object): Promise<unknown> {
  const reads = put === undefined && /\/(?:state|requests|clock)$/.test(url);
  const method = put === undefined ? 'POST' : 'PUT';
  const response = await fetch(url, {
    method: reads ? 'GET' : method,
    headers: { authorization: `Bearer ${CONTROL_TOKEN}`, 'content-type': 'application/json' },
    ...(reads ? {} : { body: JSON.stringify(put ?? {}) }),
  });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${url}`);
  return response.json();
}

function toDelivery({
  body,
  headers,
}: {
  body: string;
  headers: NodeJS.Dict<string | string[]>;
}): ArrivedDelivery {
  const single = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return { rawBody: Buffer.from(body), headers: Object.fromEntries(single) };
}

/** What the stand-in counted: Polar's events carry the quantity as a number, Stripe's as text. */
function countedUnits(state: unknown, name: 'polar' | 'stripe', customerId: string, meter: string): bigint {
  const events = name === 'polar' ? at(state, 'polar', 'usage') : at(state, 'stripe', 'meterEvents');
  const quantities = asList(events).flatMap((event) => {
    const isPolar = name === 'polar';
    const isTheirs =
      at(event, isPolar ? 'name' : 'event_name') === meter &&
      (isPolar ? at(event, 'customer_id') : at(event, 'payload', 'stripe_customer_id')) === customerId;
    return isTheirs ? [isPolar ? at(event, 'metadata', 'quantity') : at(event, 'payload', 'value')] : [];
  });
  return quantities.reduce<bigint>((sum, one) => sum + BigInt(String(one)), 0n);
}

const NUMBERS: Readonly<Record<string, string>> = { pro: '01', team: '02', enterprise: '03' };

function sellable(plan: string, amount: number, interval: 'month' | 'year' = 'month'): Sellable {
  return {
    key: `${plan}_${interval}ly`,
    name: plan,
    plan,
    amount,
    currency: 'usd',
    interval,
    perSeat: plan !== 'pro',
    polarProductId: priceRef('polar', plan, interval),
    stripeProductId: `prod_${plan}`,
    stripePriceId: priceRef('stripe', plan, interval),
    metadata: { plan },
  };
}

function priceRef(name: 'polar' | 'stripe', plan: string, interval: 'month' | 'year' = 'month'): string {
  if (name === 'stripe') return `price_${plan}_${interval}ly`;
  return `0190a6b2-7c5e-4000-800${interval === 'year' ? 1 : 0}-0000000000${NUMBERS[plan]}`;
}
