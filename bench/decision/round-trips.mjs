import { inProject } from '../../apps/api/bin/project.mjs';
import { exactly } from '../runner/bars.mjs';
import { Child } from '../runner/child.mjs';

/** How often the whole API asks its database for what it does not remember. */
export async function roundTrips(database, { say }) {
  const child = new Child(inProject('bench/decision/round-trips-child.mjs'));
  try {
    await child.ask('start', { databaseUrl: database.url });
    const counted = await child.ask('count', { many: 100 });
    await child.ask('stop');
    say('round trips');
    const rows = [
      { name: 'a cold owner’s first check', roundTrips: counted.one },
      { name: '100 cold owners × 100 flags', roundTrips: counted.flags },
      { name: '100 warm owners × 100 quotas, counters included', roundTrips: counted.quotas },
    ];
    return {
      rows,
      bars: rows.map(({ name, roundTrips: trips }) => exactly(`${name}: SQL round trips`, trips, 1)),
    };
  } finally {
    await child.end();
  }
}
