import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import type { GivePlanRequest, Tenant } from '../src/api/staff-api.js';
import { plans } from './fake-cases.js';
import { makeTenant } from './fake-tenants.js';

const member = {
  id: 'staff-1',
  email: 'support@example.test',
  name: 'Sam Support',
  role: 'support',
  permissions: ['tenants.read', 'tenants.plan.give'],
};
const viewer = {
  ...member,
  id: 'staff-2',
  email: 'viewer@example.test',
  name: 'Vera Viewer',
  role: 'viewer',
  permissions: ['tenants.read'],
};
const password = 'tollgate';
const tenants: Tenant[] = Array.from({ length: 60 }, (_, place) => makeTenant(place));

type Answer = [status: number, body?: object, cookie?: string];
type Handler = (request: { url: URL; body: Record<string, string>; cookie: string; id: string }) => Answer;

const notFound: Answer = [404, { error: 'not_found', message: 'Not found.' }];

const routes: [method: string, path: RegExp, handler: Handler][] = [
  ['POST', /^\/staff\/session$/, ({ body }) => signIn(body)],
  [
    'GET',
    /^\/staff\/session$/,
    ({ cookie }) => [200, { member: cookie.includes('viewer') ? viewer : member }],
  ],
  ['DELETE', /^\/staff\/session$/, () => [204, undefined, 'fake_session=; Max-Age=0; Path=/']],
  ['GET', /^\/staff\/plans$/, () => [200, { data: plans }]],
  ['GET', /^\/staff\/tenants$/, ({ url }) => list(url.searchParams)],
  ['GET', /^\/staff\/tenants\/([^/]+)$/, ({ id }) => show(id)],
  [
    'POST',
    /^\/staff\/tenants\/([^/]+)\/plan$/,
    ({ id, body }) => givePlan(id, body as unknown as GivePlanRequest),
  ],
];

function signIn(body: Record<string, string>): Answer {
  if (body.email === 'locked@example.test')
    return [429, { error: 'too_many_attempts', message: 'Too many.', retryAfter: 30 }];
  const known = [member, viewer].find(({ email }) => email === body.email);
  if (!known || body.password !== password) return [401, { error: 'invalid_credentials', message: 'Wrong.' }];
  return [200, { member: known }, `fake_session=${known.role}; HttpOnly; Path=/`];
}

function list(query: URLSearchParams): Answer {
  const text = (query.get('q') ?? '').toLowerCase();
  if (text === 'fail') return [503, { error: 'unavailable', message: 'Down.' }];
  const fitting = tenants.filter(
    ({ name, email, plan, status }) =>
      `${name} ${email}`.toLowerCase().includes(text) &&
      plan === (query.get('plan') ?? plan) &&
      status === (query.get('status') ?? status),
  );
  const start = query.get('after') ? fitting.findIndex(({ id }) => id === query.get('after')) + 1 : 0;
  const data = fitting.slice(start, start + Number(query.get('limit') ?? 25));
  return [
    200,
    {
      data,
      pageInfo: { hasNextPage: start + data.length < fitting.length, endCursor: data.at(-1)?.id ?? null },
    },
  ];
}

function show(id: string): Answer {
  const tenant = tenants.find((one) => one.id === id);
  return tenant ? [200, { data: tenant }] : notFound;
}

function givePlan(id: string, { plan, reason, until }: GivePlanRequest): Answer {
  const place = tenants.findIndex((one) => one.id === id);
  const tenant = tenants[place];
  const chosen = plans.find(({ key }) => key === plan);
  if (!tenant || !chosen) return notFound;
  if (tenant.plan === plan)
    return [409, { error: 'plan_conflict', message: `They already hold ${chosen.name}.` }];
  const at = new Date().toISOString();
  const now = { plan, planName: chosen.name, source: 'staff' as const };
  const audit = {
    id: `${id}-${at}`,
    at,
    actor: member.email,
    action: 'tenant.plan_given',
    reason,
    before: { plan: tenant.plan, until: null },
    after: { plan, until },
  };
  const assignment = { id: `${id}-${at}`, ...now, from: at, to: until, lapsed: null };
  tenants[place] = {
    ...tenant,
    ...now,
    assignments: [...tenant.assignments, assignment],
    audit: [audit, ...tenant.audit],
  };
  return [200, { data: tenants[place] }];
}

async function readBody(request: IncomingMessage): Promise<Record<string, string>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length ? JSON.parse(Buffer.concat(chunks).toString()) : {};
}

function send(response: ServerResponse, [status, body, cookie]: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...(cookie && { 'set-cookie': cookie }) });
  response.end(body && JSON.stringify(body));
}

async function answer(request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake');
  if (!url.pathname.startsWith('/staff/')) return next();
  const route = routes.find(([method, path]) => method === request.method && path.test(url.pathname));
  const cookie = request.headers.cookie ?? '';
  if (!route) return send(response, notFound);
  if (!/fake_session=\w/.test(cookie) && request.method + url.pathname !== 'POST/staff/session')
    return send(response, [401, { error: 'unauthenticated', message: 'Sign in.' }]);
  const id = route[1].exec(url.pathname)?.[1] ?? '';
  send(response, route[2]({ url, body: await readBody(request), cookie, id }));
}

/** Development aid: answers the staff API from memory under `vite --mode fake`; never part of a build. */
export function fakeStaffApi(): Plugin {
  const install = ({ middlewares }: { middlewares: Connect.Server }) => {
    middlewares.use((request, response, next) => void answer(request, response, next));
  };
  return { name: 'fake-staff-api', configureServer: install, configurePreviewServer: install };
}
