import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { realNow } from '../clock/real-time.js';
import { connectionOf } from './connection-of.js';
import { Freshness } from './freshness.service.js';
import { Heartbeat } from './heartbeat.js';
import type { Transaction } from './transaction.js';

/** Told of every notification; must not throw. */
export type NotificationListener = (payload: string) => void;

const CHANNEL = 'tollgate';
const RECONNECT_MS = 250;

/** Payload that listeners get after a lost connection: they may have missed anything. */
export const MISSED = 'missed';

/** What a transaction will have told when it commits. */
const told = new WeakMap<Transaction, string[]>();

/** Sends `payload` to every process when the transaction commits (payloads are listed in docs/architecture.md). */
export async function notify(tx: Transaction, payload: string): Promise<void> {
  await tx.query('select pg_notify($1, $2)', [CHANNEL, payload]);
  const payloads = told.get(tx);
  if (payloads) payloads.push(payload);
  else told.set(tx, [payload]);
}

/** What a transaction that has committed told; whoever committed it need not wait to hear it from the database. */
export function toldBy(tx: Transaction): readonly string[] {
  return told.get(tx) ?? [];
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
  private heartbeat: Heartbeat | null = null;
  private stopped = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly freshness: Freshness,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.again);
    this.heartbeat?.stop();
    await this.client?.end();
  }

  /** Hears every notification from now on; the answer stops it. */
  listen(listener: NotificationListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      ...connectionOf(this.dataSource),
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
      application_name: 'tollgate-listen',
    });
    client.on('notification', ({ payload }) => this.tell(payload ?? ''));
    client.on('error', (error) => this.logger.warn(`listening connection failed: ${error.message}`));
    let listenedAt: number;
    try {
      await client.connect();
      listenedAt = realNow();
      await client.query(`listen ${CHANNEL}`);
    } catch (error) {
      await client.end();
      throw error;
    }
    this.client = client;
    this.freshness.begin(listenedAt);
    const heartbeat = new Heartbeat(client, this.freshness);
    this.heartbeat = heartbeat;
    // A client that never listened ends too; only whoever tried it may try again, or attempts would double.
    client.once('end', () => {
      heartbeat.stop();
      this.reconnectLater();
    });
    if (this.stopped) {
      heartbeat.stop();
      await client.end();
    }
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
