import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { isRetryable } from './postgres-errors.js';

/** An open transaction; functions that write take it as their first argument. */
export type Transaction = EntityManager;

const ATTEMPTS = 4;

/** Opens transactions at the edge; they are passed on by hand. */
@Injectable()
export class TransactionRunner {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction (READ COMMITTED): commits when it resolves, rolls back when it throws.
   * A deadlock or serialisation failure is run again up to three times, so `work` must have no effect
   * outside the transaction.
   */
  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isRetryable(error)) throw error;
      }
    }
  }

  /** The data source itself, for reads that need no transaction. */
  get reader(): EntityManager {
    return this.dataSource.manager;
  }
}
