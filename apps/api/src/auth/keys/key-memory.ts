import type { Freshness } from '@tollgate/kernel';
import { BoundedMap } from '../bounded-map.js';
import type { KnownKey } from './known-key.js';

/** What the database said: the key, or null for a text that opens nothing. */
export type KeyAnswer = KnownKey | null;

interface Remembered {
  readonly text: string;
  readonly answer: KeyAnswer;
  readonly epoch: number;
  /** Milliseconds of real time at which the database was asked. */
  readonly readAt: number;
  /** Milliseconds of real time from which on the database is asked again. */
  readonly until: number;
}

const MOST_KEYS = 10_000;
/** Whoever sends rubbish pushes out rubbish only. */
const MOST_REFUSALS = 5_000;
/** The backstop behind notifications; each key's own share of the last fifth keeps many from ending at once. */
const TTL_MS = 60_000;

/**
 * What the database said about key texts (given as fingerprints, never as texts), bounded. An answer is trusted
 * until its time is over, unless a notification said that it changed, and only while notifications arrive.
 */
export class KeyMemory {
  private readonly byId = new Map<string, string>();
  private readonly keys = new BoundedMap<string, Remembered>(MOST_KEYS, (left) => this.unlink(left));
  private readonly refusals = new BoundedMap<string, Remembered>(MOST_REFUSALS);
  private changes = 0;

  constructor(private readonly freshness: Pick<Freshness, 'fresh' | 'epoch' | 'confirmedAt'>) {}

  /** Grows with every word of a change: an answer that was asked for before must not be kept. */
  get generation(): number {
    return this.changes;
  }

  /** The answer, if it may be trusted at `now` (real time). */
  trusted(text: string, now: number): KeyAnswer | undefined {
    const found = this.current(text, now);
    return found && this.freshness.fresh ? found.answer : undefined;
  }

  /** Whether an answer could be trusted at `now` (real time) if only notifications were known to arrive. */
  wantsOnlyASignOfLife(text: string, now: number): boolean {
    return this.current(text, now) !== undefined && !this.freshness.fresh;
  }

  /** The key, whether or not it may be trusted still, and the real time up to which it was; null without one. */
  lastKnown(text: string): { readonly key: KnownKey; readonly trustedUpTo: number } | null {
    const found = this.keys.get(text);
    if (!found?.answer) return null;
    const heardUpTo = found.epoch === this.freshness.epoch ? this.freshness.confirmedAt : found.readAt;
    return { key: found.answer, trustedUpTo: Math.max(found.readAt, Math.min(heardUpTo, found.until)) };
  }

  /** Keeps an answer that was asked for at `readAt` (real time), under the epoch of that moment. */
  keep(text: string, answer: KeyAnswer, { readAt, epoch }: { readAt: number; epoch: number }): void {
    const until = readAt + TTL_MS - (TTL_MS / 5) * shareOf(text);
    const remembered = { text, answer, epoch, readAt, until };
    this.keys.delete(text);
    this.refusals.delete(text);
    if (answer === null) return this.refusals.set(text, remembered);
    this.keys.set(text, remembered);
    this.byId.set(answer.principal.keyId, text);
  }

  /** Forgets the key with this id. */
  forget(keyId: string): void {
    this.changes += 1;
    const text = this.byId.get(keyId);
    if (text !== undefined) this.keys.delete(text);
  }

  /** How many answers are held, of both sorts. */
  get size(): number {
    return this.keys.size + this.refusals.size;
  }

  private current(text: string, now: number): Remembered | undefined {
    const found = this.keys.get(text) ?? this.refusals.get(text);
    return found && now < found.until && found.epoch === this.freshness.epoch ? found : undefined;
  }

  private unlink({ text, answer }: Remembered): void {
    if (answer && this.byId.get(answer.principal.keyId) === text) this.byId.delete(answer.principal.keyId);
  }
}

/** A share between 0 and 1 that is the text's own: fingerprints are evenly spread already. */
function shareOf(text: string): number {
  return (text.charCodeAt(text.length >> 1) % 64) / 64;
}
