import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { Transaction } from './transaction-runner.js';

/** Told of every notification; must not throw. */
export type NotificationListener = (payload: string) => void;

const CHANNEL = 'tollgate';
const RECONNECT_MS = 250;

/** Payload that listeners get after a lost connection: they may have missed anything. */
export const MISSED = 'missed';

/** Sends `payload` to every process when the transaction commits (payloads are listed in docs/architecture.md). */
export async function notify(tx: Transaction, payload: string): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [CHANNEL, payload]);
}

/**
 * LISTEN on one connection of its own, kept open for the life of the process. The client is raw, so its
 * `error` event is ours to hear: unheard, it would end the process when Postgres restarts.
 */
@Injectable()
export class Notifications implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Notifications.name);
  private readonly listeners = new Set<NotificationListener>();
  private client: pg.Client | null = null;
  private again: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly dataSource: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.again);
    await this.client?.end();
  }

  /** Hears every notification from now on; the answer stops it. */
  listen(listener: NotificationListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async connect(): Promise<void> {
    const options = this.dataSource.options as { url?: string };
    const client = new pg.Client({
      connectionString: options.url,
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
    });
    client.on('notification', ({ payload }) => this.tell(payload ?? ''));
    client.on('error', (error) => this.logger.warn(`listening connection failed: ${error.message}`));
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    // A client that never listened ends too; only whoever tried it may try again, or attempts would double.
    client.once('end', () => this.reconnectLater());
    this.client = client;
    if (this.stopped) await client.end();
  }

  private reconnectLater(): void {
    if (this.stopped) return;
    this.again = setTimeout(() => {
      this.connect().then(
        () => this.tell(MISSED),
        () => this.reconnectLater(),
      );
    }, RECONNECT_MS);
    this.again.unref();
  }

  /** Tells the listeners of this process only. */
  tell(payload: string): void {
    for (const listener of this.listeners) listener(payload);
  }
}
