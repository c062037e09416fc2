import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inProject } from '../../../apps/api/bin/project.mjs';

const { ManualClock, UuidV7Generator } = await import(inProject('dist/libs/kernel/src/index.js'));
const { UsageClosing, UsageHistory, UsageMeter, windowAt } = await import(
  inProject('dist/libs/usage/src/index.js')
);
const { ExpiredReservations } = await import(
  inProject('dist/libs/usage/src/grants/expired-reservations.service.js')
);
const { UsageBatches } = await import(inProject('dist/libs/usage/src/batches/usage-batches.service.js'));

/** One process of an installation that counts; it is told what to do by its parent and may be killed at any moment. */
const [url] = process.argv.slice(2);
const database = { options: { url } };
const pool = new pg.Pool({ connectionString: url, max: 2 });
const reader = { query: async (text, values) => (await pool.query(text, values)).rows };
const clock = new ManualClock(new Date(0));
const ids = new UuidV7Generator();
const batches = new UsageBatches(database, clock, ids);
const meter = new UsageMeter(batches, clock, ids);

/** A call on one or more meters of this month; `meters` by feature: `{ quantity, limit }`. */
function request({ ownerId, meters, at, key = null, overage = 'deny' }) {
  const instant = new Date(at);
  const window = windowAt('month', { at: instant, moved: null }, instant);
  const wishes = Object.entries(meters).map(([feature, { quantity = 1, limit }]) => ({
    feature,
    quantity: BigInt(quantity),
    limit: BigInt(limit),
    overage,
    window,
  }));
  return { ownerId, organizationId: null, principal: 'user:1', at: instant, key, meters: wishes };
}

/** Resolves when the message is on its way: it arrives even if this process is killed now. */
const told = (message) => new Promise((resolve) => process.send(message, resolve));

const commands = {
  /** How far this process is from UTC at an instant, in minutes. */
  offset: async ({ at }) => new Date(at).getTimezoneOffset(),
  /** These calls, so many at once; answers with the id of each grant, null where nothing was granted. */
  race: async ({ calls, atOnce = calls.length }) => {
    const answers = [];
    for (let from = 0; from < calls.length; from += atOnce)
      answers.push(
        ...(await Promise.all(calls.slice(from, from + atOnce).map((call) => meter.consume(request(call))))),
      );
    return answers.map((answer) => (answer.granted ? answer.grantId : null));
  },
  /** Counts without end, every second call with a key, and tells of each unit that it was promised. */
  flood: ({ callers, ...about }) =>
    Promise.all(
      Array.from({ length: callers }, async (_, caller) => {
        for (;;) {
          const key = caller % 2 === 0 ? randomUUID() : null;
          const { granted } = await meter.consume(request({ ...about, key }));
          if (granted) await told({ acknowledged: key ?? 'unkeyed' });
        }
      }),
    ),
  /** Holds units until `expiresAt`. */
  reserve: async ({ expiresAt, ...call }) => {
    const answer = await meter.reserve({ ...request(call), expiresAt: new Date(expiresAt) });
    return answer.granted;
  },
  /** Gives back what is held beyond its time. */
  sweep: ({ at }) => new ExpiredReservations({ reader }, batches).sweep(new Date(at)),
  /** Closes the days and months that are over. */
  close: ({ at }) => new UsageClosing(database).run(new Date(at)),
  /** What was used, step by step, as `<start> <quantity>`. */
  sums: async ({ from, to, ...query }) => {
    const range = { ...query, from: new Date(from), to: new Date(to) };
    const sums = await new UsageHistory().sums(reader, range);
    return sums.map(({ start, quantity }) => `${start.toISOString()} ${quantity}`);
  },
};

process.on('message', ({ command, now, ...about }) => {
  clock.set(new Date(now));
  commands[command](about).then(
    (answer) => process.send({ answer }),
    (error) => process.send({ failure: String(error) }),
  );
});
process.send({ ready: true });
