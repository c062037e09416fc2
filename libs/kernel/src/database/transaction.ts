import type { EntityManager } from 'typeorm';

/** An open transaction; functions that write take it as their first argument. */
export type Transaction = EntityManager;
