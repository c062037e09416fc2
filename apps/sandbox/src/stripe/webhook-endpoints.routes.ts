import type { FastifyInstance } from 'fastify';
import type Stripe from 'stripe';
import { z } from 'zod';
import { prefixed } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { EndpointRecord } from '../webhooks/endpoint-record.js';
import { addEndpoint, endpointsOf, setEnabled } from '../webhooks/endpoints.js';
import type { World } from '../world.js';
import { listPage, pageParams } from './list.js';
import { missing, parseStripe } from './stripe-errors.js';
import { STRIPE_VERSIONS } from './stripe-older-versions.js';
import { metadata } from './stripe-schemas.js';

interface ById {
  Params: { id: string };
}

const url = z.url({ protocol: /^https?$/ });
const expand = z.array(z.string()).optional();
const enabledEvents = z.array(z.string().min(1)).min(1);
const createSchema = z.strictObject({
  url,
  enabled_events: enabledEvents,
  api_version: z.enum(STRIPE_VERSIONS).optional(),
  description: z.string().optional(),
  metadata,
  expand,
});
const updateSchema = z.strictObject({
  url: url.optional(),
  enabled_events: enabledEvents.optional(),
  disabled: z.enum(['true', 'false']).optional(),
  description: z.string().optional(),
  metadata,
  expand,
});
const listSchema = z.strictObject({ ...pageParams });

/** Stripe's own API for webhook endpoints. A version is chosen once, and the secret is shown once. */
export function webhookEndpointRoutes(app: FastifyInstance, world: World): void {
  const byId = (id: string): EndpointRecord => {
    const endpoint = lookup(world.state.endpoints, id);
    if (endpoint?.provider !== 'stripe') throw missing('webhook endpoint', id, 'webhook_endpoint');
    return endpoint;
  };
  app.get('/webhook_endpoints', ({ query }) => {
    parseStripe(listSchema, query);
    return listPage(endpointsOf(world, 'stripe').map(show), query, '/v1/webhook_endpoints');
  });
  app.post('/webhook_endpoints', ({ body }) => {
    const input = parseStripe(createSchema, body);
    const made = addEndpoint(world, {
      id: prefixed('we'),
      provider: 'stripe',
      url: input.url,
      events: input.enabled_events,
      name: input.description ?? null,
      metadata: input.metadata ?? {},
      ...(input.api_version === undefined ? {} : { apiVersion: input.api_version }),
    });
    return { ...show(made), secret: made.secrets[0]?.value };
  });
  app.get<ById>('/webhook_endpoints/:id', ({ params }) => show(byId(params.id)));
  app.post<ById>('/webhook_endpoints/:id', ({ params, body }) => {
    const endpoint = byId(params.id);
    const input = parseStripe(updateSchema, body);
    if (input.url !== undefined) endpoint.url = input.url;
    if (input.enabled_events !== undefined) endpoint.events = input.enabled_events;
    if (input.description !== undefined) endpoint.name = input.description || null;
    if (input.metadata !== undefined) Object.assign(endpoint.metadata, input.metadata);
    if (input.disabled !== undefined) setEnabled(world, endpoint, input.disabled === 'false');
    return show(endpoint);
  });
  app.delete<ById>('/webhook_endpoints/:id', ({ params }) => {
    const { id } = byId(params.id);
    delete world.state.endpoints[id];
    return { id, object: 'webhook_endpoint', deleted: true };
  });
}

function show(endpoint: EndpointRecord): Stripe.WebhookEndpoint {
  return {
    id: endpoint.id,
    object: 'webhook_endpoint',
    api_version: endpoint.apiVersion,
    application: null,
    created: Math.floor(Date.parse(endpoint.createdAt) / 1000),
    description: endpoint.name,
    enabled_events: endpoint.events,
    livemode: false,
    metadata: endpoint.metadata,
    status: endpoint.enabled ? 'enabled' : 'disabled',
    url: endpoint.url,
  };
}
