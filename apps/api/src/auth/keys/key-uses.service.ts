import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { errorLine, TransactionRunner } from '@tollgate/kernel';
import { BoundedMap } from '../bounded-map.js';
import type { KeyKind } from './key-text.js';
import type { KeyPrincipal } from './known-key.js';

/** A key's use is written down at most this often, by all nodes together. */
const NOTED_EVERY_MS = 60_000;
const WRITTEN_AFTER_MS = 500;
const MOST_KEYS = 10_000;

/** Rows that somebody else holds, as a revocation does, are left for the next minute: nobody waits for a note. */
const NOTE: Record<KeyKind, string> = {
  api_key: `with used as (
      select k.id, u.at from api_key k join unnest($1::uuid[], $2::timestamptz[]) as u(id, at) on u.id = k.id
      where k.last_used_at is null or k.last_used_at <= u.at - interval '1 minute'
      order by k.id for update of k skip locked)
    update api_key k set last_used_at = used.at from used where k.id = used.id`,
  service_key: `with used as (
      select k.id, u.at from service_key k join unnest($1::uuid[], $2::timestamptz[]) as u(id, at) on u.id = k.id
      where k.last_used_at is null or k.last_used_at <= u.at - interval '1 minute'
      order by k.id for update of k skip locked)
    update service_key k set last_used_at = used.at from used where k.id = used.id`,
};

/** Notes when keys were used last: gathered in memory and written beside the requests, never in their path. */
@Injectable()
export class KeyUses implements BeforeApplicationShutdown {
  private readonly logger = new Logger(KeyUses.name);
  private readonly noted = new BoundedMap<string, number>(MOST_KEYS);
  private readonly waiting: Record<KeyKind, Map<string, number>> = {
    api_key: new Map(),
    service_key: new Map(),
  };
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly transactions: TransactionRunner) {}

  /** Takes note of a use at `at` (milliseconds of our time). */
  note({ kind, keyId }: KeyPrincipal, at: number): void {
    const last = this.noted.get(keyId);
    if (last !== undefined && at < last + NOTED_EVERY_MS) return;
    this.noted.set(keyId, at);
    this.waiting[kind].set(keyId, at);
    this.timer ??= setTimeout(() => void this.write(), WRITTEN_AFTER_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.write();
  }

  /** A note that cannot be written is not worth a retry: the next use of the key makes another. */
  private async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await Promise.all([this.writeKind('api_key'), this.writeKind('service_key')]);
  }

  private async writeKind(kind: KeyKind): Promise<void> {
    const uses = [...this.waiting[kind]];
    if (uses.length === 0) return;
    this.waiting[kind].clear();
    try {
      await this.transactions.reader.query(NOTE[kind], [
        uses.map(([id]) => id),
        uses.map(([, at]) => new Date(at)),
      ]);
    } catch (error) {
      for (const [id] of uses) this.noted.delete(id);
      this.logger.warn(`cannot note the use of ${uses.length} keys: ${errorLine(error)}`);
    }
  }
}
