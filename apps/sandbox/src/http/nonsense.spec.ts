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
  '{"seats":2,"proration_behavior":"reset"}',
  '{"pause_at_period_end":true,"resumes_at":"+275760-09-12T00:00:00Z"}',
  '{"resume":true}',
  '{"prices":[{"amount_type":"fixed"}],"name":"Odd","recurring_interval":"century"}',
  '{"name":"Odd","filter":{"conjunction":"and","clauses":[{"property":"__proto__"}]},"aggregation":{"func":"sum"}}',
  '{"url":"javascript:alert(1)","format":"raw","events":["nothing"]}',
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
      ['POST', '/polar/v1/subscriptions/'],
      ['POST', '/polar/v1/products/'],
      ['PATCH', '/polar/v1/products/:id'],
      ['GET', '/polar/v1/orders/'],
      ['GET', '/polar/v1/orders/:id'],
      ['POST', '/polar/v1/refunds/'],
      ['GET', '/polar/v1/refunds/'],
      ['POST', '/polar/v1/meters/'],
      ['GET', '/polar/v1/meters/:id'],
      ['GET', '/polar/v1/customer-meters/'],
      ['GET', '/polar/v1/customer-meters/:id'],
      ['GET', '/polar/v1/customer-seats'],
      ['POST', '/polar/v1/customer-seats'],
      ['DELETE', '/polar/v1/customer-seats/:id'],
      ['GET', '/polar/v1/webhooks/endpoints'],
      ['POST', '/polar/v1/webhooks/endpoints'],
      ['PATCH', '/polar/v1/webhooks/endpoints/:id'],
      ['DELETE', '/polar/v1/webhooks/endpoints/:id'],
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
      ['PATCH', '/polar/v1/products/polar_team_monthly'],
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
      ['POST', '/v1/subscriptions/:id/pause'],
      ['POST', '/v1/subscriptions/:id/resume'],
      ['POST', '/v1/subscription_schedules'],
      ['POST', '/v1/invoices/create_preview'],
      ['GET', '/v1/invoice_payments'],
      ['GET', '/v1/charges/:id'],
      ['POST', '/v1/refunds'],
      ['GET', '/v1/events'],
      ['GET', '/v1/events/:id'],
      ['POST', '/v1/products'],
      ['POST', '/v1/products/:id'],
      ['POST', '/v1/prices'],
      ['POST', '/v1/prices/:id'],
      ['GET', '/v1/billing/meters'],
      ['POST', '/v1/billing/meters'],
      ['GET', '/v1/billing_portal/configurations'],
      ['POST', '/v1/billing_portal/configurations'],
      ['POST', '/v1/billing_portal/configurations/:id'],
      ['GET', '/v1/webhook_endpoints'],
      ['POST', '/v1/webhook_endpoints'],
      ['POST', '/v1/webhook_endpoints/:id'],
      ['DELETE', '/v1/webhook_endpoints/:id'],
      ['GET', '/v1/accounts/:id'],
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
      'billing_cycle_anchor=now&proration_behavior=always_invoice',
      'pause_collection=&proration_date=1',
      'pause_collection[behavior]=void&pause_collection[resumes_at]=1',
      'items[0][id]=constructor&items[0][quantity]=1',
      'name=Odd&tax_code=txcd_1',
      'product=constructor&currency=usd&unit_amount=1&recurring[interval]=century',
      'subscription=__proto__&subscription_details[items][0][price]=constructor',
      'cancel_at=9007199254740991',
      'cancel_at=99999999999999999999',
    ];
    const real = [
      ['POST', `/v1/subscriptions/${String(sold.body['id'])}`],
      ['POST', `/v1/customers/${customer.id}`],
      ['POST', '/v1/products/prod_team'],
      ['POST', '/v1/prices/price_team_monthly'],
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
      ['POST', '/portal/:id/plan/x'],
      ['POST', '/checkout/:id/seats'],
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
      ['PUT', '/_control/settings'],
      ['POST', '/_control/faults'],
      ['POST', '/_control/webhooks/next'],
      ['POST', '/_control/checkouts/:id/settle'],
      ['POST', '/_control/subscriptions/:id/refund'],
      ['POST', '/_control/customers/:id/fail-payments'],
      ['PATCH', '/_control/endpoints/:id'],
      ['POST', '/_control/endpoints/:id/rotate-secret'],
    ] as const;
    expect(await sweep(control, JSON_BODIES, 'application/json', 'control-token')).toEqual([]);
    for (const path of ['/requests', '/webhooks', '/state', '/clock']) {
      expect((await sandbox.control('GET', path)).status).toBe(200);
    }
  });
});
