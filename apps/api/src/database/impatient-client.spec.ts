import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { isDatabaseUnavailable } from '@tollgate/kernel';
import { ImpatientClient } from './impatient-client.js';

/** What Postgres says to a connection that an administrator ends at the moment it is made: one packet, three messages. */
const WELCOME_AND_FAREWELL = Buffer.concat([
  message('R', Buffer.from([0, 0, 0, 0])),
  message('Z', Buffer.from('I')),
  message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0')),
]);

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

describe('a connection that the server ends as soon as it is made', () => {
  let server: Server | undefined;
  let pool: pg.Pool | undefined;
  afterEach(async () => {
    await pool?.end();
    server?.close();
  });

  it('fails the next statement, leaves the pool, and does not end the process', async () => {
    const listening = createServer((socket) => {
      socket.once('data', () => socket.end(WELCOME_AND_FAREWELL));
    }).listen(0, '127.0.0.1');
    server = listening;
    await new Promise((resolve) => listening.once('listening', resolve));
    const address = listening.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    pool = new pg.Pool({ host: '127.0.0.1', port: address.port, user: 'x', Client: ImpatientClient });

    const client = await pool.connect();
    const refusal: unknown = await client.query('select 1').catch((error: unknown) => error);
    client.release();
    expect(isDatabaseUnavailable(refusal)).toBe(true);
    expect(pool.totalCount).toBe(0);
  });
});
