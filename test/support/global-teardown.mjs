/** Stops the Postgres of this run and removes its folder; when Jest is killed, the server's watchdog does it. */
export default async function globalTeardown() {
  const server = await globalThis.tollgatePostgres;
  await server?.stop();
}
