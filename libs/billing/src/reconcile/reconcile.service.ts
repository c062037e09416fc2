import { Injectable } from '@nestjs/common';
import { errorLine, type Transaction, TransactionRunner } from '@tollgate/kernel';
import type { PaymentProvider } from '../providers/payment-provider.js';
import type { ProviderSubscription } from '../providers/provider-subscription.js';
import { Inbox } from '../subscription-sync/inbox.service.js';
import type { KnownSubscription } from '../subscription-sync/known-subscription.js';
import { ProviderSubscriptions } from '../subscription-sync/provider-subscriptions.store.js';
import { differencesOf } from './differences.js';
import { ForeignSubscriptions } from './foreign-subscriptions.service.js';
import { type ReconcileScope, ReconcileStore } from './reconcile.store.js';

const CHUNK = 100;
/** Looks back further than the last run: what a provider tells of late is told in time for the next one. */
const OVERLAP_MS = 15 * 60_000;
const FIRST_LOOK_BACK_MS = 60 * 60_000;

/** What a run has seen so far. */
interface Tally {
  listed: number;
  differing: number;
}

/**
 * Compares what a provider tells with our rows, page by page. Nothing is repaired here: whatever differs is kept for
 * staff and handed to the one way by which anything changes, a fetch and `apply`. That is one call for each
 * subscription that differs, plus pages.
 */
@Injectable()
export class Reconcile {
  constructor(
    private readonly store: ReconcileStore,
    private readonly known: ProviderSubscriptions,
    private readonly foreign: ForeignSubscriptions,
    private readonly inbox: Inbox,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Compares as of `at`; answers how many subscriptions differed. A provider that fails ends the run with its error on
   * the row: what was not reached is looked at by the next.
   */
  async run(provider: PaymentProvider, scope: ReconcileScope, at: Date): Promise<number> {
    const since = scope === 'full' ? undefined : await this.since(provider, at);
    const runId = await this.transactions.run((tx) => this.store.begin(tx, provider.name, scope));
    const tally: Tally = { listed: 0, differing: 0 };
    let error: string | null = null;
    try {
      const told = provider.listSubscriptions(since ? { changedSince: since } : {});
      for await (const chunk of chunked(told, CHUNK)) await this.compare(runId, provider, chunk, tally);
    } catch (thrown) {
      error = errorLine(thrown);
    }
    await this.transactions.run((tx) => this.store.finish(tx, runId, { ...tally, error }));
    return tally.differing;
  }

  private async since({ name }: PaymentProvider, at: Date): Promise<Date> {
    const last = await this.store.lastGood(this.transactions.reader, name, 'recent');
    return last ? new Date(last.getTime() - OVERLAP_MS) : new Date(at.getTime() - FIRST_LOOK_BACK_MS);
  }

  private async compare(
    runId: string,
    { name }: PaymentProvider,
    chunk: readonly ProviderSubscription[],
    tally: Tally,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      const ids = chunk.map(({ id }) => id);
      const rows = new Map((await this.known.findAll(tx, name, ids)).map((row) => [row.id, row]));
      const equal: string[] = [];
      let differing = 0;
      for (const told of chunk) {
        if (await this.differs(tx, runId, rows.get(told.id) ?? null, told)) differing += 1;
        else equal.push(told.id);
      }
      await this.store.markRepaired(tx, name, equal);
      tally.listed += chunk.length;
      tally.differing += differing;
    });
  }

  /** Keeps what differs and asks for a fetch; false when nothing does, or when it is nobody's whom we know. */
  private async differs(
    tx: Transaction,
    runId: string,
    known: KnownSubscription | null,
    told: ProviderSubscription,
  ): Promise<boolean> {
    const { provider, id } = told;
    const differences = differencesOf(known, told);
    if (differences.length === 0) return false;
    const ownerId = known?.ownerId ?? (await this.foreign.ownerOf(tx, told));
    if (ownerId === null) return false;
    await this.store.keep(tx, runId, { provider, id, ownerId }, differences);
    await this.inbox.wantSync(tx, { provider, subscriptionId: id });
    return true;
  }
}

async function* chunked<T>(source: AsyncIterable<T>, size: number): AsyncIterable<readonly T[]> {
  let chunk: T[] = [];
  for await (const one of source) {
    chunk.push(one);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
