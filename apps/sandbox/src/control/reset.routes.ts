import type { FastifyInstance } from 'fastify';
import { DEFAULT_WEBHOOK_BEHAVIOUR, PROVIDERS } from '../options.js';
import { initialSettings } from '../settings.js';
import { nothingNext } from '../webhooks/next-events-plan.js';
import { releaseHeld } from '../webhooks/next-events.js';
import type { World } from '../world.js';

/**
 * Forgets what was counted and planned: calls, movements of money, faults, outages, settings, cards, plans for events.
 * Customers, subscriptions, endpoints and the clock stay as they are.
 */
export function resetRoutes(app: FastifyInstance, world: World): void {
  app.post('/reset', (_request, reply) => {
    world.requests.clear();
    world.state.money.length = 0;
    world.state.cards = {};
    world.faults.length = 0;
    Object.assign(world.settings, initialSettings(world.options));
    Object.assign(world.behaviour, DEFAULT_WEBHOOK_BEHAVIOUR, world.options.webhooks);
    for (const provider of PROVIDERS) {
      world.outages[provider] = 'none';
      releaseHeld(world, provider);
      world.next[provider] = nothingNext();
    }
    return reply.code(204).send();
  });
}
