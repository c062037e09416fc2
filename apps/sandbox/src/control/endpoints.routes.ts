import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PROVIDERS } from '../options.js';
import { SandboxRefusal } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { EndpointRecord } from '../webhooks/endpoint-record.js';
import { rotateSecret, setEnabled } from '../webhooks/endpoints.js';
import { releaseHeld } from '../webhooks/next-events.js';
import type { World } from '../world.js';
import { parseControl } from './control-errors.js';

interface ById {
  Params: { id: string };
}

const changeSchema = z.strictObject({
  enabled: z.boolean().optional(),
  apiVersion: z.string().min(1).optional(),
  url: z.url().optional(),
});
const rotateSchema = z.strictObject({
  secret: z.string().min(1),
  overlapSeconds: z.number().min(0).default(86_400),
});
const count = z.int().min(0).max(1000).optional();
const nextSchema = z.strictObject({
  provider: z.enum(PROVIDERS),
  drop: count,
  duplicate: count,
  reorder: count,
});

/** Webhook endpoints as their provider's dashboard would change them, and plans for the next events. */
export function endpointRoutes(app: FastifyInstance, world: World): void {
  const byId = (id: string): EndpointRecord => {
    const endpoint = lookup(world.state.endpoints, id);
    if (endpoint === undefined) throw new SandboxRefusal(404, 'There is no such endpoint.');
    return endpoint;
  };
  app.get('/endpoints', () => ({ endpoints: Object.values(world.state.endpoints) }));
  app.patch<ById>('/endpoints/:id', ({ params, body }) => {
    const endpoint = byId(params.id);
    const { enabled, apiVersion, url } = parseControl(changeSchema, body);
    if (apiVersion !== undefined) endpoint.apiVersion = apiVersion;
    if (url !== undefined) endpoint.url = url;
    if (enabled !== undefined) setEnabled(world, endpoint, enabled);
    return endpoint;
  });
  app.post<ById>('/endpoints/:id/rotate-secret', ({ params, body }) => {
    const endpoint = byId(params.id);
    const { secret, overlapSeconds } = parseControl(rotateSchema, body);
    rotateSecret(world, endpoint, secret, overlapSeconds);
    return endpoint;
  });
  app.post('/webhooks/next', ({ body }) => {
    const { provider, ...plan } = parseControl(nextSchema, body);
    const given = Object.entries(plan).filter(([, value]) => value !== undefined);
    Object.assign(world.next[provider], Object.fromEntries(given));
    return world.next;
  });
  app.post('/webhooks/release', () => ({
    released: PROVIDERS.reduce((sum, provider) => sum + releaseHeld(world, provider), 0),
  }));
}
