import type { Counting } from '../counters/counting.js';
import { ownerKey } from '../grants/grant.js';
import { daysFrom } from '../windows/calendar.js';
import { type Asker, counterKeysOf, type UsageAsk } from './ask.js';
import { FastGroup, groupKey, type Member } from './fast-group.js';

/** What of a batch can go the fast way; all else goes the slow one. */
export interface SortedOut {
  readonly groups: readonly FastGroup[];
  /** Commits of all that was held: they touch no counter. */
  readonly commits: readonly Asker[];
}

/**
 * Finds what can go the fast way: one meter, at today's date, with a key that comes once in the batch. Where a counter
 * is also wanted by an ask that must go the slow way, all its asks do, so that they stay in order of arrival.
 */
export function sortOut(askers: readonly Asker[], now: Date): SortedOut {
  const today = daysFrom(now, 0).getTime();
  const commits: Asker[] = [];
  const groups = new Map<string, FastGroup>();
  const keys = new Set<string>();
  const slowCounters = new Set<string>();
  for (const asker of askers) {
    if (isWish(asker)) {
      const isIn = isFast(asker.ask.counting, today, keys) && joins(groups, asker);
      if (!isIn) for (const key of counterKeysOf(asker.ask)) slowCounters.add(key);
    } else if (isPlainCommit(asker.ask)) commits.push(asker);
  }
  for (const key of slowCounters) groups.delete(key);
  return { groups: [...groups.values()], commits };
}

const isWish = (asker: Asker): asker is Member => asker.ask.kind === 'count';

const isPlainCommit = (ask: UsageAsk): boolean =>
  ask.kind === 'end' && ask.ending.kind === 'commit' && ask.ending.actual === null;

function isFast({ meters, at, ownerId, key }: Counting, today: number, keys: Set<string>): boolean {
  if (meters.length !== 1 || at.getTime() < today) return false;
  if (key === null) return true;
  const name = ownerKey(ownerId, key);
  const isFirst = !keys.has(name);
  keys.add(name);
  return isFirst;
}

function joins(groups: Map<string, FastGroup>, asker: Member): boolean {
  const { counting } = asker.ask;
  const [meter] = counting.meters;
  if (!meter) return false;
  const key = groupKey(counting, meter);
  let group = groups.get(key);
  if (!group) {
    group = new FastGroup(key, counting, meter);
    groups.set(key, group);
  }
  return group.take(asker, meter);
}
