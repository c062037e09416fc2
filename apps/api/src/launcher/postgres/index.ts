export { PostgresLaunchError } from './postgres.errors.js';
export type { PostgresLaunchCode } from './postgres.errors.js';
export { startEmbeddedPostgres } from './start-embedded-postgres.js';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './start-embedded-postgres.js';
