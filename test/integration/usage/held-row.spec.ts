import { describe, expect, it } from '@jest/globals';
import { BATCHES } from '../../../libs/usage/src/batches/batch-client.js';
import { eventually } from '../../support/poll.js';
import { meteringApp } from './metering-app.js';
import { asking, callsAtOnce, countsOf, granted, meter, newOwner } from './usage-calls.js';

const metering = meteringApp();

/** Whether a batch waits for a row that somebody holds. */
async function isSomebodyWaiting(): Promise<boolean> {
  const waiting = await metering.database.query<unknown[]>(
    `select 1 from pg_stat_activity
     where datname = current_database() and application_name = $1 and wait_event_type = 'Lock'`,
    [BATCHES],
  );
  return waiting.length > 0;
}

describe('a counter that somebody’s transaction holds', () => {
  it('is answered with unavailable within 3 seconds, while all others are served', async () => {
    const stuck = newOwner();
    const others = Array.from({ length: 20 }, newOwner);
    await metering.usage.consume(asking(stuck));
    const holder = metering.database.createQueryRunner();
    await holder.startTransaction();
    await holder.query('select 1 from usage_counter where owner_id = $1 for update', [stuck]);
    const waiting = metering.usage.consume(asking(stuck)).then(
      () => 'granted',
      (error: { code?: string }) => error.code,
    );
    const all = [meter({ limit: 1_000n })];
    for (let round = 0; round < 5; round++) {
      const answers = await callsAtOnce([metering.usage], 40, (call) =>
        asking(others[call % others.length] ?? '', { meters: all }),
      );
      expect(granted(answers)).toBe(40);
    }
    // The others were done before the one who waits was told: they did not wait for it.
    expect(await Promise.race([waiting, Promise.resolve('still waiting')])).toBe('still waiting');
    expect(await waiting).toBe('usage_unavailable');
    // On a slow machine the statement may outlive its caller, and would count once the row is free.
    await eventually(async () => !(await isSomebodyWaiting()));
    await holder.rollbackTransaction();
    await holder.release();
    expect(await metering.usage.consume(asking(stuck))).toMatchObject({
      granted: true,
      meters: [{ used: 2n }],
    });
    expect(await countsOf(metering.database, stuck)).toMatchObject({ counters: 2n, buckets: 2n });
  });

  it('is counted once it is free again, within the time that a caller waits', async () => {
    const owner = newOwner();
    await metering.usage.consume(asking(owner));
    const holder = metering.database.createQueryRunner();
    await holder.startTransaction();
    await holder.query('select 1 from usage_counter where owner_id = $1 for update', [owner]);
    const waiting = callsAtOnce([metering.usage], 20, () => asking(owner));
    await metering.usage.consume(asking(newOwner()));
    await holder.commitTransaction();
    await holder.release();
    expect(granted(await waiting)).toBe(9);
    expect(await countsOf(metering.database, owner)).toMatchObject({ counters: 10n, buckets: 10n });
  });
});
