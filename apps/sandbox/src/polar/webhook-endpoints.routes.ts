import type { models } from '@polar-sh/sdk/2026-10';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { secretToken, uuid } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { EndpointRecord } from '../webhooks/endpoint-record.js';
import { addEndpoint, endpointsOf, rotateSecret, setEnabled } from '../webhooks/endpoints.js';
import type { World } from '../world.js';
import { paginate } from './paginate.js';
import { ORGANIZATION_ID } from './polar-catalog.js';
import { notFound, parsePolar } from './polar-errors.js';
import { POLAR_EVENT_TYPES } from './polar-event-types.js';

interface ById {
  Params: { id: string };
}

const url = z.url({ protocol: /^https?$/ });
const events = z.array(z.enum(POLAR_EVENT_TYPES)).min(1);
const apiVersion = z.enum(['2026-04', '2026-10', '2027-01']);
const createSchema = z.object({
  url,
  name: z.string().nullish(),
  format: z.literal('raw'),
  events,
  api_version: apiVersion.optional(),
});
const updateSchema = z.object({
  url: url.nullish(),
  name: z.string().nullish(),
  format: z.literal('raw').nullish(),
  events: events.nullish(),
  enabled: z.boolean().nullish(),
  api_version: apiVersion.nullish(),
});

/** Polar's own API for webhook endpoints. */
export function webhookEndpointRoutes(app: FastifyInstance, world: World): void {
  const byId = (id: string): EndpointRecord => {
    const endpoint = lookup(world.state.endpoints, id);
    if (endpoint?.provider !== 'polar') throw notFound();
    return endpoint;
  };
  app.get('/v1/webhooks/endpoints', (request) =>
    paginate(endpointsOf(world, 'polar').map(show), request.query),
  );
  app.post('/v1/webhooks/endpoints', (request, reply) => {
    const input = parsePolar(createSchema, request.body, 'body');
    const made = addEndpoint(world, {
      id: uuid(),
      provider: 'polar',
      url: input.url,
      events: [...input.events],
      name: input.name ?? null,
      ...(input.api_version === undefined ? {} : { apiVersion: input.api_version }),
    });
    reply.code(201);
    return show(made);
  });
  app.get<ById>('/v1/webhooks/endpoints/:id', ({ params }) => show(byId(params.id)));
  app.patch<ById>('/v1/webhooks/endpoints/:id', ({ params, body }) => {
    const endpoint = byId(params.id);
    const input = parsePolar(updateSchema, body, 'body');
    if (input.url) endpoint.url = input.url;
    if (input.name !== undefined) endpoint.name = input.name;
    if (input.events) endpoint.events = [...input.events];
    if (input.api_version) endpoint.apiVersion = input.api_version;
    if (typeof input.enabled === 'boolean') setEnabled(world, endpoint, input.enabled);
    return show(endpoint);
  });
  app.patch<ById>('/v1/webhooks/endpoints/:id/secret', ({ params }) => {
    const endpoint = byId(params.id);
    rotateSecret(world, endpoint, secretToken('whsec'), 0);
    return show(endpoint);
  });
  app.delete<ById>('/v1/webhooks/endpoints/:id', ({ params }, reply) => {
    delete world.state.endpoints[byId(params.id).id];
    return reply.code(204).send();
  });
}

function show(endpoint: EndpointRecord): Omit<models.WebhookEndpoint, 'events'> & { events: string[] } {
  return {
    created_at: endpoint.createdAt,
    modified_at: null,
    id: endpoint.id,
    url: endpoint.url,
    name: endpoint.name,
    api_version: endpoint.apiVersion,
    format: 'raw',
    secret: endpoint.secrets[0]?.value ?? '',
    organization_id: ORGANIZATION_ID,
    events: endpoint.events.includes('*') ? [...POLAR_EVENT_TYPES] : endpoint.events,
    enabled: endpoint.enabled,
    uses_standard_webhook_signature: true,
  };
}
