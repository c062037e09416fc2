import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Freshness, isDatabaseUnavailable, Notifications } from '@tollgate/kernel';
import { RealTime } from '../real-time.js';
import { type KeyAnswer, KeyMemory } from './key-memory.js';
import { KeyReader } from './key-reader.service.js';
import type { KeyText } from './key-text.js';

const KEY_CHANGED = 'key:';

/**
 * A node that reaches neither the database nor its notifications goes on with what was confirmed at most this long
 * ago (real time), so that flags are still answered from memory. Nothing can be written meanwhile.
 */
const STALE_FOR_MS = 60_000;

/**
 * So long it waits for the listening connection, and then again for the database: the decision that follows wants
 * its share of the three seconds within which everybody is answered.
 */
const PATIENCE_MS = 500;

/** Keys in memory: asked of the database once for all who wait, and forgotten when a notification names them. */
@Injectable()
export class KeyConfirmations implements OnModuleInit, OnApplicationShutdown {
  private readonly memory: KeyMemory;
  private readonly flights = new Map<string, Promise<KeyAnswer>>();
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly reader: KeyReader,
    private readonly freshness: Freshness,
    private readonly notifications: Notifications,
    private readonly realTime: RealTime,
  ) {
    this.memory = new KeyMemory(freshness);
  }

  onModuleInit(): void {
    this.stopListening = this.notifications.listen((payload) => {
      if (payload.startsWith(KEY_CHANGED)) this.forget(payload.slice(KEY_CHANGED.length));
    });
  }

  onApplicationShutdown(): void {
    this.stopListening();
  }

  /** What memory says for certain about a fingerprint; undefined when the database must be asked. */
  trusted(print: string): KeyAnswer | undefined {
    return this.memory.trusted(print, this.now());
  }

  /**
   * Asks the database; all who ask for the same key meanwhile share the answer. While nothing but a sign of life
   * is wanting, one answer on the listening connection confirms every key at once.
   */
  async confirm(print: string, text: KeyText): Promise<KeyAnswer> {
    if (this.memory.wantsOnlyASignOfLife(print, this.now())) {
      await inTime(this.freshness.confirm(), false);
      const known = this.trusted(print);
      if (known !== undefined) return known;
    }
    const flight = this.flights.get(print) ?? this.start(print, text);
    const last = this.memory.lastKnown(print);
    if (!last || this.now() >= last.trustedUpTo + STALE_FOR_MS) return flight;
    return inTime<KeyAnswer>(flight, last.key);
  }

  /** Forgets a key of this process at once; the others hear the notification. */
  forget(keyId: string): void {
    this.memory.forget(keyId);
    // Whoever asks from now on must not get an answer that was under way before the change.
    this.flights.clear();
  }

  private start(print: string, text: KeyText): Promise<KeyAnswer> {
    const asked = { readAt: this.now(), epoch: this.freshness.epoch };
    const { generation } = this.memory;
    const flight = this.reader
      .read(text)
      .then((answer) => {
        if (generation === this.memory.generation) this.memory.keep(print, answer, asked);
        return answer;
      })
      .finally(() => {
        if (this.flights.get(print) === flight) this.flights.delete(print);
      });
    this.flights.set(print, flight);
    return flight;
  }

  private now(): number {
    return this.realTime.now().getTime();
  }
}

/** What the database says, or `otherwise` when it cannot say it in time. */
async function inTime<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<T>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, otherwise);
  });
  try {
    return await Promise.race([answer, patience]);
  } catch (error) {
    if (isDatabaseUnavailable(error)) return otherwise;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
