import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { World } from '../world.js';
import { paginate } from './paginate.js';
import {
  createCustomer,
  customerByExternalId,
  customerById,
  deleteCustomer,
  liveCustomers,
  updateCustomer,
} from './polar-customers.js';
import { invalid, parsePolar } from './polar-errors.js';
import { customerCreateSchema, customerSessionSchema, customerUpdateSchema } from './polar-schemas.js';
import { createSession } from './polar-sessions.js';
import { showCustomerState } from './polar-view.js';

interface ById {
  Params: { id: string };
}

const querySchema = z.object({ email: z.string().optional(), query: z.string().optional() });

/** Customers, by Polar's id and by ours, their state, and portal sessions. */
export function customerRoutes(app: FastifyInstance, world: World): void {
  app.get('/v1/customers/', (request) => {
    const { email, query } = parsePolar(querySchema, request.query, 'query');
    const matching = liveCustomers(world).filter(
      (one) =>
        (email === undefined || one.email?.toLowerCase() === email.toLowerCase()) &&
        (query === undefined ||
          `${one.email ?? ''} ${one.name ?? ''} ${one.external_id ?? ''}`.includes(query)),
    );
    return paginate(matching, request.query);
  });
  app.post('/v1/customers/', (request, reply) => {
    reply.code(201);
    return createCustomer(world, parsePolar(customerCreateSchema, request.body, 'body'));
  });
  app.get<ById>('/v1/customers/:id', ({ params }) => customerById(world, params.id));
  app.get<ById>('/v1/customers/external/:id', ({ params }) => customerByExternalId(world, params.id));
  app.get<ById>('/v1/customers/:id/state', ({ params }) =>
    showCustomerState(world.state.polar, customerById(world, params.id)),
  );
  app.get<ById>('/v1/customers/external/:id/state', ({ params }) =>
    showCustomerState(world.state.polar, customerByExternalId(world, params.id)),
  );
  changeRoutes(app, world);
  sessionRoutes(app, world);
}

function changeRoutes(app: FastifyInstance, world: World): void {
  app.patch<ById>('/v1/customers/:id', ({ params, body }) =>
    updateCustomer(world, customerById(world, params.id), parsePolar(customerUpdateSchema, body, 'body')),
  );
  app.patch<ById>('/v1/customers/external/:id', ({ params, body }) => {
    const { external_id: _ignored, ...changes } = parsePolar(customerUpdateSchema, body, 'body');
    return updateCustomer(world, customerByExternalId(world, params.id), changes);
  });
  app.delete<ById>('/v1/customers/:id', ({ params }, reply) => {
    deleteCustomer(world, customerById(world, params.id));
    return reply.code(204).send();
  });
  app.delete<ById>('/v1/customers/external/:id', ({ params }, reply) => {
    deleteCustomer(world, customerByExternalId(world, params.id));
    return reply.code(204).send();
  });
}

function sessionRoutes(app: FastifyInstance, world: World): void {
  app.post('/v1/customer-sessions/', (request, reply) => {
    const input = parsePolar(customerSessionSchema, request.body, 'body');
    const field = input.external_customer_id ? 'external_customer_id' : 'customer_id';
    const customer = liveCustomers(world).find((one) =>
      field === 'external_customer_id'
        ? one.external_id === input.external_customer_id
        : one.id === input.customer_id,
    );
    if (customer === undefined) throw invalid(['body', field], 'Customer does not exist.', input[field]);
    reply.code(201);
    return createSession(world, customer, input.return_url ?? null);
  });
}
