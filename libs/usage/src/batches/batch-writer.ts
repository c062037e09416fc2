import type { Clock, IdGenerator } from '@tollgate/kernel';
import type { Asker } from './ask.js';
import type { BatchConnection } from './batch-connection.js';
import { commitHeld } from './fast-commit.js';
import { countGroups } from './fast-count.js';
import { type Decided, decideInOrder } from './slow-batch.js';
import { sortOut } from './sort-out.js';

/** Writes one batch on one connection and answers its askers, each once its transaction is committed. */
export class BatchWriter {
  constructor(
    readonly connection: BatchConnection,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** The fast way for what fits as a whole, then, in order of arrival, the slow way for the rest. */
  async write(askers: readonly Asker[]): Promise<void> {
    const now = this.clock.now();
    const { groups, commits } = sortOut(askers, now);
    if (groups.length > 0) await countGroups(this.connection, groups, now);
    if (commits.length > 0) await this.writeCommits(commits, now);
    const left = askers.filter(({ isAnswered }) => !isAnswered);
    if (left.length > 0) await this.writeSlow(left);
  }

  /** Ask by ask; a reservation that expired but still holds a wanted key is ended first. */
  async writeSlow(askers: readonly Asker[]): Promise<void> {
    const { inTheWay } = await this.decide(askers);
    if (inTheWay.length === 0) return;
    await this.decide(inTheWay.map(expiring));
    await this.decide(inTheWay.map(({ asker }) => asker));
  }

  private async writeCommits(commits: readonly Asker[], now: Date): Promise<void> {
    const committed = await this.connection.transact((sql) => commitHeld(sql, commits, now));
    for (const asker of commits)
      if (asker.ask.kind === 'end' && committed.has(asker.ask.grantId)) asker.answer('committed');
  }

  private async decide(askers: readonly Asker[]): Promise<Decided> {
    const decided = await this.connection.transact((sql) =>
      decideInOrder(sql, askers, this.clock.now(), this.ids),
    );
    for (const { asker, outcome } of decided.verdicts) {
      if ('error' in outcome) asker.refuse(outcome.error);
      else asker.answer(outcome.answer);
    }
    return decided;
  }
}

/** Ends what stands in the way of an asker, who does not hear of it. */
function expiring({ asker, grantId }: Decided['inTheWay'][number]): Asker {
  const at = asker.ask.kind === 'count' ? asker.ask.counting.at : asker.ask.at;
  return {
    ask: { kind: 'end', grantId, ending: { kind: 'expire' }, at },
    isAnswered: false,
    answer: () => undefined,
    refuse: () => undefined,
  };
}
