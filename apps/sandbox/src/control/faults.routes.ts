import type { FastifyInstance } from 'fastify';
import { apiFaultSchema, type ApiFault } from '../http/api-fault.js';
import { uuid } from '../state/ids.js';
import type { World } from '../world.js';
import { parseControl } from './control-errors.js';

/** Plans what goes wrong with which calls of a provider's API, and forgets the plans again. */
export function faultRoutes(app: FastifyInstance, world: World): void {
  app.get('/faults', () => ({ faults: world.faults }));
  app.post('/faults', ({ body }, reply) => {
    const fault: ApiFault = { ...parseControl(apiFaultSchema, body), id: uuid() };
    world.faults.push(fault);
    reply.code(201);
    return fault;
  });
  app.delete('/faults', (_request, reply) => {
    world.faults.length = 0;
    return reply.code(204).send();
  });
}
