import { createServer } from 'node:http';

// The least a sandbox does: it listens where it was told, says so, and shows what it was given.
const answer = JSON.stringify({ pid: process.pid, token: process.env.SANDBOX_POLAR_ACCESS_TOKEN });
const server = createServer((request, response) => response.end(answer));
server.listen(Number(process.env.SANDBOX_PORT), '127.0.0.1', () => {
  process.send({ type: 'listening', url: `http://127.0.0.1:${process.env.SANDBOX_PORT}` });
});
