import type { IdGenerator } from '@tollgate/kernel';
import { openTally, type OpenTally, writeTally } from '../counters/tally.store.js';
import type { Sql } from '../database/sql.js';
import { settle } from '../grants/settlement.js';
import { ExpiredGrantInTheWay } from '../usage.errors.js';
import type { Asker, UsageAnswer } from './ask.js';

/** What an ask will hear once the batch is committed. */
export interface Verdict {
  readonly asker: Asker;
  readonly outcome: { readonly answer: UsageAnswer } | { readonly error: unknown };
}

/** The verdicts of a batch, and the expired reservations that still hold a key somebody wants. */
export interface Decided {
  readonly verdicts: readonly Verdict[];
  readonly inTheWay: readonly { readonly asker: Asker; readonly grantId: string }[];
}

/** Decides ask by ask in order of arrival, whatever they want, over locked rows; nothing holds before the commit. */
export async function decideInOrder(
  sql: Sql,
  askers: readonly Asker[],
  now: Date,
  ids: IdGenerator,
): Promise<Decided> {
  const wishes = askers.flatMap(({ ask }) => (ask.kind === 'count' ? [ask.counting] : []));
  const grantIds = askers.flatMap(({ ask }) => (ask.kind === 'end' ? [ask.grantId] : []));
  const open = await openTally(sql, wishes, [...new Set(grantIds)]);
  const verdicts: Verdict[] = [];
  const inTheWay: { asker: Asker; grantId: string }[] = [];
  for (const asker of askers) {
    try {
      verdicts.push({ asker, outcome: { answer: decide(open, asker) } });
    } catch (error) {
      if (error instanceof ExpiredGrantInTheWay) inTheWay.push({ asker, grantId: error.grantId });
      else verdicts.push({ asker, outcome: { error } });
    }
  }
  await writeTally(sql, open.tally, now, ids);
  return { verdicts, inTheWay };
}

function decide({ tally, grants }: OpenTally, { ask }: Asker): UsageAnswer {
  if (ask.kind === 'count') return tally.count(ask.counting);
  // Ended twice in one batch: the second finds it as the first left it.
  const grant = tally.settledGrants.get(ask.grantId) ?? grants.get(ask.grantId);
  return grant ? settle(tally, grant, ask.ending, ask.at) : 'unknown';
}
