import { createServer } from 'node:http';
import pg from 'pg';

// The least an application does: a row in the database, a port, a screen; it shows its environment to whoever asks.
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query('CREATE TABLE IF NOT EXISTS starts (at timestamptz NOT NULL DEFAULT now())');
await client.query('INSERT INTO starts DEFAULT VALUES');
const { rows } = await client.query('SELECT count(*)::int AS starts FROM starts');
// A lost database must not end it: what ends it is under test.
client.on('error', () => undefined);

const server = createServer((request, response) => response.end(JSON.stringify(process.env)));
server.on('error', (error) =>
  process.send({ type: 'failed', message: `Port ${process.env.PORT}: ${error.code}` }),
);
server.listen(Number(process.env.PORT), '127.0.0.1', () => {
  process.send({ type: 'ready', screen: [`start ${rows[0].starts}`, `process ${process.pid}`] });
});
