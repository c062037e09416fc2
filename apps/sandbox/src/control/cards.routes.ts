import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { breakCard, mendCard } from '../money/cards.js';
import { SandboxRefusal, type StandIn } from '../stand-in.js';
import type { World } from '../world.js';
import { parseControl } from './control-errors.js';

interface ById {
  Params: { id: string };
}

const failSchema = z.strictObject({
  times: z.union([z.int().min(1), z.literal('all')]).default('all'),
});

/** Customers' cards: refusing a number of charges, or every one until they recover. */
export function cardRoutes(app: FastifyInstance, world: World, standIns: readonly StandIn[]): void {
  const requireCustomer = (id: string): void => {
    if (!standIns.some((one) => one.hasCustomer(id)))
      throw new SandboxRefusal(404, 'There is no such customer.');
  };
  app.post<ById>('/customers/:id/fail-payments', ({ params: { id }, body }) => {
    const { times } = parseControl(failSchema, body);
    requireCustomer(id);
    breakCard(world, id, times);
    return { customer: id, refuses: times };
  });
  app.post<ById>('/customers/:id/mend-card', ({ params: { id } }) => {
    requireCustomer(id);
    mendCard(world, id);
    return { customer: id, refuses: 0 };
  });
}
