import { HABITS } from '../habits.js';
import type { ProviderName } from '../options.js';
import type { World } from '../world.js';
import { wants } from './endpoint-record.js';
import { endpointsOf } from './endpoints.js';
import { fateOfNext, holdOrRelease } from './next-events.js';
import type { WebhookRecord, WebhookState } from './webhook-record.js';

const KEPT = 10_000;

/** An event before anybody is told. */
export interface NewEvent {
  type: string;
  /** Its id at one endpoint. Polar's differs from endpoint to endpoint, Stripe's does not. */
  idFor(endpointIndex: number): string;
  /** The exact bytes for an endpoint of that API version. */
  render(id: string, apiVersion: string): string;
}

/** Puts one event on its way to every endpoint that wants it, and answers its (first) id. */
export function emit(world: World, provider: ProviderName, event: NewEvent): string {
  const endpoints = endpointsOf(world, provider).filter((one) => wants(one, event.type));
  const first = event.idFor(0);
  if (endpoints.length === 0) {
    keep(world, recordOf(world, provider, event, { id: first, endpointId: null, state: 'no_endpoint' }));
  }
  endpoints.forEach((endpoint, index) => {
    const state = endpoint.enabled ? 'pending' : 'skipped';
    const id = index === 0 ? first : event.idFor(index);
    const record = recordOf(
      world,
      provider,
      event,
      { id, endpointId: endpoint.id, state },
      endpoint.apiVersion,
    );
    if (endpoint.enabled) decideFate(world, record);
    keep(world, record);
    if (record.state === 'pending') holdOrRelease(world, record);
  });
  world.wake();
  return first;
}

function recordOf(
  world: World,
  provider: ProviderName,
  event: NewEvent,
  to: { id: string; endpointId: string | null; state: WebhookState },
  apiVersion = HABITS[provider].apiVersion,
): WebhookRecord {
  const { behaviour, clock, state } = world;
  state.webhookSequence += 1;
  return {
    ...to,
    provider,
    type: event.type,
    body: event.render(to.id, apiVersion),
    createdAt: clock.iso(),
    dueAt: to.state === 'pending' ? clock.nowMs() + behaviour.delaySeconds * 1000 : null,
    rank: state.webhookSequence,
    repeats: 0,
    attempts: [],
  };
}

function decideFate(world: World, record: WebhookRecord): void {
  const { behaviour, random } = world;
  const lost = random.chance(behaviour.drop);
  const twice = random.chance(behaviour.duplicate);
  const fate = fateOfNext(world, record.provider);
  record.repeats = (twice ? 1 : 0) + fate.copies;
  if (!lost && !fate.lost) return;
  record.state = 'dropped';
  record.dueAt = null;
}

function keep(world: World, record: WebhookRecord): void {
  const { webhooks } = world.state;
  webhooks.push(record);
  // Every look for due events passes over all of them, so a long-lived sandbox must not keep them for ever.
  if (webhooks.length <= KEPT) return;
  const oldest = webhooks.findIndex((event) => event.state !== 'pending');
  if (oldest >= 0) webhooks.splice(oldest, 1);
}
