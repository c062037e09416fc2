import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';
import { LIVE_STATUSES } from '../subscriptions/subscription.js';
import type { HeardAndSold } from './silent-since.js';

/** How a provider's webhooks are watched. */
export interface Watch {
  readonly beganAt: Date;
  readonly lookedAt: Date;
  /** When staff were last told; null for never. */
  readonly alertedAt: Date | null;
}

/** What is sold at a provider, and what was heard of it. */
export interface SalesAndEvents extends Omit<HeardAndSold, 'watchedSince'> {
  readonly liveSubscriptions: number;
  readonly openCheckouts: number;
}

/** The rows about watching, one for each provider, and the reading of what is watched. */
@Injectable()
export class WebhookWatchStore {
  /** The watch of a provider, begun `at` if there was none, locked until the end of the transaction. */
  async lock(tx: Transaction, provider: ProviderName, at: Date): Promise<Watch> {
    await tx.query(
      `insert into webhook_watch (provider, began_at, looked_at) values ($1, $2, $2) on conflict do nothing`,
      [provider, at],
    );
    const [row] = await tx.query<[Watch]>(
      `select began_at as "beganAt", looked_at as "lookedAt", alerted_at as "alertedAt"
       from webhook_watch where provider = $1 for update`,
      [provider],
    );
    return row;
  }

  /** Writes down a look, and when staff were last told. */
  async looked(tx: Transaction, provider: ProviderName, at: Date, alertedAt: Date | null): Promise<void> {
    await tx.query('update webhook_watch set looked_at = $2, alerted_at = $3 where provider = $1', [
      provider,
      at,
      alertedAt,
    ]);
  }

  /** An event of the provider's other mode was meant for somebody else: our own endpoint may be silent all the same. */
  async salesAndEvents(reader: Transaction, provider: ProviderName): Promise<SalesAndEvents> {
    const [row] = await reader.query<[SalesAndEvents]>(
      `select
         (select max(received_at) from inbox_event
          where provider = $1 and note is distinct from 'other_mode') as "lastEventAt",
         least(live.since, open.since) as "soldSince",
         live.number as "liveSubscriptions",
         open.number as "openCheckouts"
       from
         (select min(coalesce(started_at, fetched_at)) as since, count(*)::int as number
          from provider_subscription where provider = $1 and status = any($2) and ended_at is null) as live,
         (select min(created_at) as since, count(*)::int as number
          from checkout where provider = $1 and state = 'open') as open`,
      [provider, [...LIVE_STATUSES]],
    );
    return row;
  }
}
