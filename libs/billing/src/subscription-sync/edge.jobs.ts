import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, TransactionRunner } from '@tollgate/kernel';
import { ExpireSubscriptions } from './expire-subscriptions.service.js';
import { Inbox } from './inbox.service.js';
import { ProviderSubscriptions } from './provider-subscriptions.store.js';

const MINUTE_MS = 60_000;
const AGAIN_MS = 60 * MINUTE_MS;
const BATCH = 200;

/**
 * Housekeeping of subscriptions. None of it enforces anything (decisions look at the clock themselves); it
 * asks the provider at edges, persists what has run out, and gives lost legs back to waiting events.
 */
@Injectable()
export class EdgeJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly transactions: TransactionRunner,
    private readonly inbox: Inbox,
    private readonly known: ProviderSubscriptions,
    private readonly expiry: ExpireSubscriptions,
  ) {}

  onModuleInit(): void {
    this.jobs.register({
      name: 'subscriptions.look-at-edges',
      everyMs: MINUTE_MS,
      run: (at) => this.lookAtEdges(at),
    });
    this.jobs.register({
      name: 'subscriptions.expire',
      everyMs: MINUTE_MS,
      run: (at) => this.expiry.run(at),
    });
    this.jobs.register({ name: 'inbox.sweep', everyMs: MINUTE_MS, run: () => this.sweepInbox() });
  }

  /** Asks for a fetch of every subscription whose trial, period or scheduled end has come. */
  private async lookAtEdges(at: Date): Promise<number> {
    return this.transactions.run(async (tx) => {
      const due = await this.known.takeDueLooks(tx, at, new Date(at.getTime() + AGAIN_MS), BATCH);
      for (const wanted of due) await this.inbox.wantSync(tx, wanted);
      return due.length;
    });
  }

  /** Asks for work again on behalf of events that wait, in case their work row was lost. */
  private async sweepInbox(): Promise<number> {
    return this.transactions.run(async (tx) => {
      const waiting = await this.inbox.subscriptionsWaiting(tx, BATCH);
      for (const wanted of waiting) await this.inbox.restoreSync(tx, wanted);
      return waiting.length + (await this.inbox.restoreOwnEvents(tx, BATCH));
    });
  }
}
