import type { Waiting } from '@tollgate/kernel';
import type { ConsumeAnswer } from '../counters/consume-request.js';
import { counterKey } from '../counters/counter.js';
import type { Counting } from '../counters/counting.js';
import type { Ending, Settled } from '../grants/settlement.js';

/** A wish to count or hold units. */
export interface CountAsk {
  readonly kind: 'count';
  readonly counting: Counting;
}

/** A wish to end a grant. */
export interface EndAsk {
  readonly kind: 'end';
  readonly grantId: string;
  readonly ending: Ending;
  readonly at: Date;
}

/** What travels in a batch. */
export type UsageAsk = CountAsk | EndAsk;

/** What it is answered with. */
export type UsageAnswer = ConsumeAnswer | Settled;

/** One who waits for an answer of a batch. */
export type Asker = Waiting<UsageAsk, UsageAnswer>;

/** The counters that a wish touches, by `counterKey`; those of a grant's end are not known before it was read. */
export function counterKeysOf(ask: UsageAsk): string[] {
  if (ask.kind === 'end') return [];
  const { ownerId, meters } = ask.counting;
  return meters.map(({ feature, window }) => counterKey({ ownerId, feature, start: window.start }));
}
