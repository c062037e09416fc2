import type { ProviderName } from '../options.js';
import type { World } from '../world.js';
import type { WebhookRecord } from './webhook-record.js';

/** What the plan says about the event that comes now; the plan is used up by it. */
export function fateOfNext(world: World, provider: ProviderName): { lost: boolean; copies: number } {
  const next = world.next[provider];
  if (next.drop > 0) {
    next.drop -= 1;
    return { lost: true, copies: 0 };
  }
  if (next.duplicate <= 0) return { lost: false, copies: 0 };
  next.duplicate -= 1;
  return { lost: false, copies: 1 };
}

/** Holds an event back while a reordering is planned; the last one of it lets all of them go, in reverse. */
export function holdOrRelease(world: World, record: WebhookRecord): void {
  const next = world.next[record.provider];
  if (next.reorder <= 0) return;
  next.reorder -= 1;
  record.held = true;
  record.dueAt = null;
  if (next.reorder === 0) releaseHeld(world, record.provider);
}

/** Lets everything go that is held back, latest first. */
export function releaseHeld(world: World, provider: ProviderName): number {
  world.next[provider].reorder = 0;
  const held = world.state.webhooks.filter((event) => event.held === true && event.provider === provider);
  const ranks = held.map((event) => event.rank).toReversed();
  held.forEach((event, index) => {
    event.held = false;
    event.rank = ranks[index] ?? event.rank;
    event.dueAt = world.clock.nowMs();
  });
  world.wake();
  return held.length;
}
