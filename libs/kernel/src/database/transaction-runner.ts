import { Injectable } from '@nestjs/common';
import {
  DataSource,
  type EntityManager,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { Notifications, toldBy } from './notifications.service.js';
import { isRetryable } from './postgres-errors.js';
import type { Transaction } from './transaction.js';

const ATTEMPTS = 4;

/** Opens transactions at the edge; they are passed on by hand. */
@Injectable()
export class TransactionRunner {
  constructor(
    private readonly dataSource: DataSource,
    private readonly notifications: Notifications,
  ) {}

  /**
   * Runs `work` in one transaction (READ COMMITTED): commits when it resolves, rolls back when it throws.
   * A deadlock or serialisation failure is run again up to three times, so `work` must have no effect
   * outside the transaction. What it notified is heard in this process before the promise resolves: whoever wrote
   * reads what was written.
   */
  async run<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isRetryable(error)) throw error;
      }
    }
  }

  private async once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let opened: Transaction | null = null;
    const result = await this.dataSource
      .transaction((tx) => {
        opened = tx;
        return work(tx);
      })
      .catch(asTerminated);
    for (const payload of opened ? toldBy(opened) : []) this.notifications.tell(payload);
    return result;
  }

  /** The data source itself, for reads that need no transaction. */
  get reader(): EntityManager {
    return this.dataSource.manager;
  }
}

/** A transaction under way whose connection was given back has lost it: between two statements nobody else says so. */
function asTerminated(error: unknown): never {
  const isLost =
    error instanceof QueryRunnerAlreadyReleasedError ||
    error instanceof QueryRunnerProviderAlreadyReleasedError;
  throw isLost ? new Error('connection terminated within a transaction', { cause: error }) : error;
}
