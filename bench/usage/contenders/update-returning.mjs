import { FEATURE, LIMIT, newKey, OWNERS, WINDOW } from '../world.mjs';

const CONSUME = {
  name: 'consume',
  text: `update naive_counter set used = used + 1
    where owner_id = $1 and feature = $2 and window_start = $3 and used + 1 <= $4 returning used`,
};
const KEY = { name: 'key', text: 'insert into naive_key (owner_id, key) values ($1, $2)' };

/** One conditional `UPDATE … RETURNING` for each call; with keys, key and update in one transaction. No bucket. */
export async function updateReturning(pool) {
  await pool.query(`
    create table naive_counter (owner_id uuid, feature text, window_start timestamptz, used bigint not null,
      primary key (owner_id, feature, window_start)) with (fillfactor = 50);
    create table naive_key (owner_id uuid, key text, primary key (owner_id, key))`);
  await pool.query(
    `insert into naive_counter select owner_id, $2, $3, 0 from unnest($1::uuid[]) as owner_id`,
    [OWNERS, FEATURE, WINDOW.start],
  );
  const values = (ownerId) => [ownerId, FEATURE, WINDOW.start, String(LIMIT)];
  return {
    name: 'UPDATE … RETURNING',
    consume: async (ownerId) => {
      const { rowCount } = await pool.query({ ...CONSUME, values: values(ownerId) });
      if (rowCount !== 1) throw new Error('a unit within the limit was refused');
    },
    consumeKeyed: async (ownerId) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query({ ...KEY, values: [ownerId, newKey()] });
        await client.query({ ...CONSUME, values: values(ownerId) });
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    end: async () => undefined,
  };
}
