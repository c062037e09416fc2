import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { closeInTime } from './close-in-time.js';

describe('closeInTime', () => {
  it('ends a connection that never sent a request, instead of waiting for it', async () => {
    const app = fastify();
    closeInTime(app, 50);
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const ended = once(socket, 'close');
    await app.close();
    await ended;
    expect(socket.destroyed).toBe(true);
  });
});
