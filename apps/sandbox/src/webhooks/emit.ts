import type { ProviderName } from '../options.js';
import type { World } from '../world.js';
import type { WebhookRecord } from './webhook-record.js';

const KEPT = 10_000;

/** Puts one event, already serialised, on its way to the provider's endpoint. */
export function emit(
  world: World,
  provider: ProviderName,
  event: { id: string; type: string; body: string },
): WebhookRecord {
  const { behaviour, clock, random } = world;
  const lost = random.chance(behaviour.drop);
  const repeats = random.chance(behaviour.duplicate) ? 1 : 0;
  const hasEndpoint = world.options[provider].webhookUrl !== undefined;
  const record: WebhookRecord = {
    ...event,
    provider,
    createdAt: clock.iso(),
    dueAt: clock.nowMs() + behaviour.delaySeconds * 1000,
    repeats,
    state: 'pending',
    attempts: [],
  };
  if (!hasEndpoint || lost) {
    record.state = hasEndpoint ? 'dropped' : 'no_endpoint';
    record.dueAt = null;
  }
  world.state.webhooks.push(record);
  forgetOldest(world);
  world.wake();
  return record;
}

// Every look for due events passes over all of them, so a long-lived sandbox must not keep them for ever.
function forgetOldest(world: World): void {
  const { webhooks } = world.state;
  if (webhooks.length <= KEPT) return;
  const oldest = webhooks.findIndex((event) => event.state !== 'pending');
  if (oldest >= 0) webhooks.splice(oldest, 1);
}
