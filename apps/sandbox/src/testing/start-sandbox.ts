import { createPolar } from '@polar-sh/sdk/2026-10';
import Stripe from 'stripe';
import type { SandboxOptions, Sellable } from '../options.js';
import { createSandbox } from '../sandbox.js';
import { startReceiver, type Receiver } from './receiver.js';

const CONTROL_TOKEN = 'control-token';

/** What the specs sell: by the month, by the year, by seat, with a trial, and one without a tax code. */
export const TEST_CATALOG: readonly Sellable[] = [
  sellable('pro_monthly', 'Pro', 9900, 'month'),
  sellable('pro_yearly', 'Pro', 99_900, 'year'),
  { ...sellable('team_monthly', 'Team', 3000, 'month'), perSeat: true },
  { ...sellable('trial_monthly', 'Trial', 5000, 'month'), trialDays: 14 },
  { ...sellable('untaxed_monthly', 'Untaxed', 1000, 'month'), taxCode: null },
];

function sellable(key: string, name: string, amount: number, interval: 'month' | 'year'): Sellable {
  const plan = name.toLowerCase();
  return {
    key,
    name,
    plan,
    amount,
    currency: 'usd',
    interval,
    perSeat: false,
    polarProductId: `polar_${key}`,
    stripeProductId: `prod_${plan}`,
    stripePriceId: `price_${key}`,
    metadata: { plan },
  };
}

/** A sandbox on a free port with both SDKs, one endpoint per provider, and a way to its control routes. */
export interface TestSandbox {
  url: string;
  polar: ReturnType<typeof createPolar>;
  stripe: Stripe;
  polarEndpoint: Receiver;
  stripeEndpoint: Receiver;
  /** Calls a control route and answers its JSON. */
  control(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>;
  /** Delivers what is due, and forgets all that was ever delivered. */
  forget(): Promise<void>;
  /** Delivers what is due; answers the types of all that came to an endpoint since it was forgotten. */
  typesAt(endpoint: Receiver): Promise<string[]>;
  /** Moves the clock and freezes it there. */
  travel(now: string): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Starts everything; deliveries are in order and undisturbed unless the options say otherwise. */
export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const [polarEndpoint, stripeEndpoint] = [await startReceiver(), await startReceiver()];
  const sandbox = await createSandbox({
    controlToken: CONTROL_TOKEN,
    polar: { apiKey: 'polar_oat_test', webhookSecret: 'whsec_polar', webhookUrl: polarEndpoint.url },
    stripe: { apiKey: 'sk_test_sandbox', webhookSecret: 'whsec_stripe', webhookUrl: stripeEndpoint.url },
    catalog: TEST_CATALOG,
    webhooks: { shuffle: false, duplicate: 0 },
    ...options,
  }).catch(async (error: unknown) => {
    await Promise.all([polarEndpoint.close(), stripeEndpoint.close()]);
    throw error;
  });
  const { url } = await sandbox.listen(0);
  const control: TestSandbox['control'] = async (method, path, body) => {
    const response = await fetch(`${url}/_control${path}`, {
      method,
      headers: { authorization: `Bearer ${CONTROL_TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>,
    };
  };
  return {
    url,
    polar: createPolar({ accessToken: 'polar_oat_test', baseUrl: `${url}/polar` }),
    stripe: stripeClient(url),
    polarEndpoint,
    stripeEndpoint,
    control,
    forget: async () => {
      await control('POST', '/webhooks/flush');
      for (const { received } of [polarEndpoint, stripeEndpoint]) received.length = 0;
    },
    typesAt: async ({ received }) => {
      await control('POST', '/webhooks/flush');
      return received.map(({ type }) => type);
    },
    travel: async (now) => (await control('PUT', '/clock', { now, freeze: true })).body,
    close: async () => {
      await sandbox.close();
      await polarEndpoint.close();
      await stripeEndpoint.close();
    },
  };
}

/** The real SDK, pointed at the sandbox. */
export function stripeClient(url: string, key = 'sk_test_sandbox'): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

/** The instant a whole number of seconds after another. */
export function after(iso: string, seconds: number): string {
  return new Date(Date.parse(iso) + seconds * 1000).toISOString();
}
