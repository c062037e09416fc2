import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

const IDS = ['__proto__', 'constructor', '%00', 'a'.repeat(400)];
const JSON_BODIES = [
  '',
  'null',
  '[]',
  '1e400',
  '"text"',
  '{',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  '{"products":["constructor"],"seats":-1}',
  '{"products":["polar_pro_monthly"],"customer_id":"__proto__"}',
  '{"products":[],"customer_email":"nobody"}',
  '{"products":["polar_team_monthly"],"seats":1e9}',
  '{"email":"\\ud800@example.com","metadata":{"a":{"b":1}}}',
  '{"events":[{"name":"x","metadata":null}]}',
  '{"cancel_at_period_end":null}',
  '{"seats":0.5}',
  '{"product_id":"__proto__","proration_behavior":"never"}',
  '{"provider":"polar","customer":"constructor","sellable":"constructor"}',
  '{"now":"+275760-09-13T00:00:00Z"}',
  `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
];
const FORM_BODIES = [
  '',
  '%',
  'a[b',
  'a[[]]=1',
  '__proto__[x]=1',
  'mode=subscription&line_items=1&success_url=javascript:alert(1)',
  'mode=subscription&line_items[0][price]=__proto__&success_url=http://localhost/',
  'mode=subscription&line_items[9999999][price]=price_pro_monthly&success_url=http://localhost/&expires_at=1e400',
  'mode=subscription&line_items[0][price]=price_pro_monthly&line_items[0][quantity]=-1&success_url=http://localhost/',
  'customer=constructor&items[0][price]=constructor',
  'metadata=&email=&name=%00',
  'event_name=x&payload=1',
  'event_name=x&payload[value]=NaN',
  `${'a[b]'.repeat(1)}${'[c]'.repeat(500)}=1`,
];
const QUERIES = [
  '',
  '?limit=0&page=-1',
  '?starting_after=__proto__',
  '?expand[]=a.b.c.d.e.f',
  '?status[a]=1&expand[__proto__]=1',
];

describe('nonsense', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  const send = async (
    method: string,
    path: string,
    type: string,
    body: string,
    token: string,
  ): Promise<string | null> => {
    const response = await fetch(`${sandbox.url}${path}`, {
      method,
      redirect: 'manual',
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      ...(method === 'GET' ? {} : { body }),
    });
    await response.arrayBuffer();
    return response.status >= 500 ? `${method} ${path} ${body.slice(0, 60)} → ${response.status}` : null;
  };
  const sweep = async (
    routes: readonly (readonly [string, string])[],
    bodies: readonly string[],
    type: string,
    token: string,
  ): Promise<(string | null)[]> => {
    const calls: (() => Promise<string | null>)[] = [];
    for (const [method, route] of routes) {
      for (const id of route.includes(':id') ? IDS : ['']) {
        const path = route.replace(':id', id);
        if (method === 'GET')
          for (const query of QUERIES) calls.push(() => send(method, path + query, type, '', token));
        else for (const body of bodies) calls.push(() => send(method, path, type, body, token));
      }
    }
    const problems: (string | null)[] = [];
    const work = async (): Promise<void> => {
      for (let call = calls.pop(); call !== undefined; call = calls.pop()) problems.push(await call());
    };
    await Promise.all(Array.from({ length: 8 }, work));
    return problems.filter((problem) => problem !== null);
  };

  it('is never answered with a 5xx by Polar', async () => {
    const routes = [
      ['GET', '/polar/v1/customers/'],
      ['GET', '/polar/v1/customers/:id'],
      ['GET', '/polar/v1/customers/external/:id/state'],
      ['GET', '/polar/v1/products/'],
      ['GET', '/polar/v1/products/:id'],
      ['GET', '/polar/v1/subscriptions/'],
      ['GET', '/polar/v1/subscriptions/:id'],
      ['GET', '/polar/v1/checkouts/:id'],
      ['POST', '/polar/v1/customers/'],
      ['PATCH', '/polar/v1/customers/:id'],
      ['DELETE', '/polar/v1/customers/external/:id'],
      ['POST', '/polar/v1/checkouts/'],
      ['POST', '/polar/v1/customer-sessions/'],
      ['POST', '/polar/v1/events/ingest'],
      ['PATCH', '/polar/v1/subscriptions/:id'],
      ['DELETE', '/polar/v1/subscriptions/:id'],
      ['GET', '/polar/nowhere'],
    ] as const;
    expect(await sweep(routes, JSON_BODIES, 'application/json', 'polar_oat_test')).toEqual([]);
    const customer = await sandbox.polar.customers.create({ email: 'real@example.com' });
    const sold = await sandbox.control('POST', '/subscriptions', {
      provider: 'polar',
      customer: customer.id,
      sellable: 'team_monthly',
    });
    const real = [
      ['PATCH', `/polar/v1/subscriptions/${String(sold.body['id'])}`],
      ['PATCH', `/polar/v1/customers/${customer.id}`],
    ] as const;
    expect(await sweep(real, JSON_BODIES, 'application/json', 'polar_oat_test')).toEqual([]);
  });

  it('is never answered with a 5xx by Stripe', async () => {
    const routes = [
      ['GET', '/v1/customers'],
      ['GET', '/v1/customers/:id'],
      ['GET', '/v1/customers/search'],
      ['GET', '/v1/products'],
      ['GET', '/v1/products/:id'],
      ['GET', '/v1/prices'],
      ['GET', '/v1/prices/:id'],
      ['GET', '/v1/subscriptions'],
      ['GET', '/v1/subscriptions/:id'],
      ['GET', '/v1/checkout/sessions'],
      ['GET', '/v1/checkout/sessions/:id'],
      ['GET', '/v1/invoices'],
      ['GET', '/v1/invoices/:id'],
      ['POST', '/v1/customers'],
      ['POST', '/v1/customers/:id'],
      ['DELETE', '/v1/customers/:id'],
      ['POST', '/v1/checkout/sessions'],
      ['POST', '/v1/checkout/sessions/:id/expire'],
      ['POST', '/v1/billing_portal/sessions'],
      ['POST', '/v1/subscriptions'],
      ['POST', '/v1/subscriptions/:id'],
      ['DELETE', '/v1/subscriptions/:id'],
      ['POST', '/v1/billing/meter_events'],
      ['GET', '/v1/nowhere'],
    ] as const;
    const form = 'application/x-www-form-urlencoded';
    expect(await sweep(routes, FORM_BODIES, form, 'sk_test_sandbox')).toEqual([]);
    expect(await sweep(routes, ['{}'], 'application/json', 'sk_test_sandbox')).toEqual([]);
    const customer = await sandbox.stripe.customers.create({ email: 'real@example.com' });
    const sold = await sandbox.control('POST', '/subscriptions', {
      provider: 'stripe',
      customer: customer.id,
      sellable: 'team_monthly',
    });
    const bodies = [
      ...FORM_BODIES,
      'items=',
      'items[0]=',
      'items[0][deleted]=true',
      'cancel_at=max_period_end&cancel_at_period_end=true',
      'trial_end=99999999999999',
      'cancel_at=9007199254740991',
      'cancel_at=99999999999999999999',
    ];
    const real = [
      ['POST', `/v1/subscriptions/${String(sold.body['id'])}`],
      ['POST', `/v1/customers/${customer.id}`],
    ] as const;
    expect(await sweep(real, bodies, form, 'sk_test_sandbox')).toEqual([]);
  });

  it('is never answered with a 5xx by the pages and control routes', async () => {
    const pages = [
      ['GET', '/checkout/:id'],
      ['POST', '/checkout/:id/pay'],
      ['POST', '/checkout/:id/decline'],
      ['GET', '/portal/:id'],
      ['POST', '/portal/:id/cancel/x'],
    ] as const;
    expect(await sweep(pages, FORM_BODIES, 'application/x-www-form-urlencoded', '')).toEqual([]);
    const control = [
      ['GET', '/_control/state'],
      ['PUT', '/_control/clock'],
      ['PUT', '/_control/outage'],
      ['PUT', '/_control/webhooks'],
      ['POST', '/_control/webhooks/emit'],
      ['POST', '/_control/webhooks/:id/replay'],
      ['POST', '/_control/subscriptions'],
      ['POST', '/_control/subscriptions/:id/revoke'],
      ['POST', '/_control/checkouts/:id/pay'],
      ['PATCH', '/_control/products/:id'],
    ] as const;
    expect(await sweep(control, JSON_BODIES, 'application/json', 'control-token')).toEqual([]);
    for (const path of ['/requests', '/webhooks', '/state', '/clock']) {
      expect((await sandbox.control('GET', path)).status).toBe(200);
    }
  });
});
