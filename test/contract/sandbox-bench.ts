import type { Sellable } from '../../apps/sandbox/src/options.js';
import { createSandbox } from '../../apps/sandbox/src/sandbox.js';
import type { HostedCheckout, PaymentProvider } from '../../libs/billing/src/providers/payment-provider.js';
import { at } from '../../libs/billing/src/providers/tolerant-reader.js';
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
    catalog: [sellable('pro', 9900, false), sellable('team', 3000, true)],
  });
  const { url } = await sandbox.listen(0);
  const control = (path: string): Promise<unknown> => callControl(`${url}/_control${path}`);
  return {
    provider: provider(url),
    unreachable: provider(NOWHERE),
    priceRefs: { pro: priceRef(name, 'pro'), team: priceRef(name, 'team') },
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

async function callControl(url: string): Promise<unknown> {
  const reads = url.endsWith('/state');
  const response = await fetch(url, {
    method: reads ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${CONTROL_TOKEN}`, 'content-type': 'application/json' },
    ...(reads ? {} : { body: '{}' }),
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

function sellable(plan: string, amount: number, perSeat: boolean): Sellable {
  return {
    key: `${plan}_monthly`,
    name: plan,
    plan,
    amount,
    currency: 'usd',
    interval: 'month',
    perSeat,
    polarProductId: priceRef('polar', plan),
    stripeProductId: `prod_${plan}`,
    stripePriceId: priceRef('stripe', plan),
    metadata: { plan },
  };
}

function priceRef(name: 'polar' | 'stripe', plan: string): string {
  if (name === 'stripe') return `price_${plan}_monthly`;
  return `0190a6b2-7c5e-4000-8000-0000000000${plan === 'pro' ? '01' : '02'}`;
}
