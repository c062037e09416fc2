import { join } from 'node:path';

// Starts an embedded Postgres in argv[2] (argv[3]: on that port), says where, and stops it on SIGTERM.
const built =
  process.env.LAUNCHER_BUILD ?? join(import.meta.dirname, '../../../../dist/apps/api/src/launcher');
const { startEmbeddedPostgres } = await import(join(built, 'postgres/index.js'));
const [dataDir, port] = process.argv.slice(2);
try {
  const server = await startEmbeddedPostgres({
    dataDir,
    ...(port === undefined ? {} : { port: Number(port) }),
  });
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  server.exited.then(() => console.log('the server ended'));
  console.log(JSON.stringify({ url: server.url, pid: server.pid }));
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(JSON.stringify({ code: error.code, message: error.message }));
  process.exit(1);
}
