import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { World } from '../world.js';
import { expand } from './expand.js';
import { listPage, pageParams } from './list.js';
import { parseStripe } from './stripe-errors.js';
import {
  configurationSchema,
  createConfiguration,
  ensureDefaultConfiguration,
  portalConfiguration,
  updateConfiguration,
} from './stripe-portal-configurations.js';
import { createPortalSession } from './stripe-portal.js';
import { portalSchema } from './stripe-schemas.js';

interface ById {
  Params: { id: string };
}

const flag = z.enum(['true', 'false']).optional();
const querySchema = z.strictObject({ active: flag, is_default: flag, ...pageParams });

/** Portal links and what the portal lets a customer do. */
export function portalRoutes(app: FastifyInstance, world: World): void {
  const { stripe } = world.state;
  ensureDefaultConfiguration(world);
  app.post('/billing_portal/sessions', ({ body }) => {
    const params = parseStripe(portalSchema, body);
    return expand(stripe, createPortalSession(world, params), params.expand);
  });
  app.get('/billing_portal/configurations', ({ query }) => {
    const wanted = parseStripe(querySchema, query);
    const found = Object.values(stripe.portalConfigurations).filter(
      (one) =>
        (wanted.active === undefined || String(one.active) === wanted.active) &&
        (wanted.is_default === undefined || String(one.is_default) === wanted.is_default),
    );
    return listPage(found, query, '/v1/billing_portal/configurations');
  });
  app.get<ById>('/billing_portal/configurations/:id', ({ params }) => portalConfiguration(world, params.id));
  app.post('/billing_portal/configurations', ({ body }) =>
    createConfiguration(world, parseStripe(configurationSchema, body)),
  );
  app.post<ById>('/billing_portal/configurations/:id', ({ params, body }) =>
    updateConfiguration(world, params.id, parseStripe(configurationSchema, body)),
  );
}
