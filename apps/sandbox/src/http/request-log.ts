import type { ProviderName } from '../options.js';

/** One call that reached a provider's API. */
export interface LoggedRequest {
  /** ISO instant of the virtual clock. */
  at: string;
  provider: ProviderName;
  method: string;
  path: string;
  query: unknown;
  /** Only headers that matter to a test; never the credential. */
  headers: Record<string, string>;
  body: unknown;
  /** Status answered, or null while none was. */
  status: number | null;
}

const KEPT = 5000;

/** The latest calls, oldest first, in memory only. */
export class RequestLog {
  #entries: LoggedRequest[] = [];

  /** Adds a call; the oldest gives way when the log is full. */
  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.shift();
  }

  /** All calls, oldest first. */
  all(): readonly LoggedRequest[] {
    return this.#entries;
  }

  /** Forgets every call. */
  clear(): void {
    this.#entries = [];
  }
}
