import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry, type Transaction, TransactionRunner } from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import { BILLING_OPTIONS, type BillingOptions } from '../billing.options.js';
import type { ProviderName } from '../providers/payment-provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { silentSince } from './silent-since.js';
import { WebhookWatchStore } from './webhook-watch.store.js';

const HOUR_MS = 60 * 60_000;
const LOOK_EVERY_MS = 15 * 60_000;
/** After a longer break than this, what the provider tries again must have time to arrive before a silence counts. */
const BREAK_MS = 2 * LOOK_EVERY_MS;

/**
 * Tells staff when a provider's webhooks fall silent while something is sold there: the endpoint may be disabled, and its
 * retries exhausted. Once for each silence; reconcile keeps the subscriptions right meanwhile.
 */
@Injectable()
export class WebhookWatch implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly transactions: TransactionRunner,
    private readonly store: WebhookWatchStore,
    private readonly alerts: Alerts,
    private readonly providers: ProviderRegistry,
    @Inject(BILLING_OPTIONS) private readonly options: Pick<BillingOptions, 'silenceHours'>,
  ) {}

  onModuleInit(): void {
    const { silenceHours } = this.options;
    if (silenceHours === null) return;
    const longestMs = silenceHours * HOUR_MS;
    this.jobs.register({
      name: 'webhooks.watch',
      everyMs: LOOK_EVERY_MS,
      run: (at) => this.run(at, longestMs),
    });
  }

  private async run(at: Date, longestMs: number): Promise<number> {
    let told = 0;
    for (const { name } of this.providers.all())
      if (await this.transactions.run((tx) => this.look(tx, name, at, longestMs))) told += 1;
    return told;
  }

  /** Answers whether staff were told just now. The row of the watch is locked: of two looks at once one tells. */
  private async look(tx: Transaction, provider: ProviderName, at: Date, longestMs: number): Promise<boolean> {
    const { beganAt, lookedAt, alertedAt } = await this.store.lock(tx, provider, at);
    const seen = await this.store.salesAndEvents(tx, provider);
    const since = silentSince({ ...seen, watchedSince: beganAt });
    const isSilent = since !== null && at.getTime() - since.getTime() >= longestMs;
    if (!isSilent) await this.alerts.settle(tx, 'webhooks_silent', provider);
    const isNew = isSilent && (alertedAt === null || since > alertedAt);
    const wasWatched = at.getTime() - lookedAt.getTime() <= BREAK_MS;
    const tells = isNew && wasWatched;
    if (tells) {
      const { liveSubscriptions, openCheckouts } = seen;
      const details = { provider, since: since.toISOString(), liveSubscriptions, openCheckouts };
      await this.alerts.raise(tx, { kind: 'webhooks_silent', subject: provider, ownerId: null, details });
    }
    await this.store.looked(tx, provider, at, tells ? at : alertedAt);
    return tells;
  }
}
