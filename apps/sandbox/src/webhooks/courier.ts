import { realNow } from '../clock/real-time.js';
import { HABITS } from '../habits.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import type { EndpointRecord } from './endpoint-record.js';
import { countFailedEvent, validSecrets } from './endpoints.js';
import { postOnce } from './post-once.js';
import type { WebhookRecord } from './webhook-record.js';

/** What a round of deliveries came to: events that arrived, and attempts that did not. */
export interface DeliveryCount {
  delivered: number;
  failed: number;
}

/** Attempts under way at once, as a provider has; in strict order there is only ever one. */
const CONCURRENCY = 4;

/** Carries events to their endpoints with the provider's own retries. */
export class Courier {
  readonly #stop = new AbortController();

  constructor(private readonly world: World) {}

  /** Earliest instant (ms) at which an attempt is due, if any. */
  nextDue(): number | undefined {
    let earliest: number | undefined;
    for (const { state, dueAt } of this.world.state.webhooks) {
      if (state === 'pending' && dueAt !== null && (earliest === undefined || dueAt < earliest))
        earliest = dueAt;
    }
    return earliest;
  }

  /** Number of events that still wait for an attempt. */
  pending(): number {
    return this.world.state.webhooks.filter((event) => event.state === 'pending').length;
  }

  /** Attempts what is due by the instant, in random order unless shuffling is off. */
  deliverDue(limitMs: number): Promise<DeliveryCount> {
    return this.#deliver((event) => event.dueAt !== null && event.dueAt <= limitMs);
  }

  /** Attempts everything that waits, due or not. */
  flush(): Promise<DeliveryCount> {
    return this.#deliver(() => true);
  }

  /** Breaks off what is under way; those events stay due and are attempted after the next start. */
  stop(): void {
    this.#stop.abort();
  }

  /** True once deliveries have been broken off. */
  get stopped(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Makes an event due again under its own id, whatever became of it. */
  replay(event: WebhookRecord): void {
    event.state = 'pending';
    event.dueAt = this.world.clock.nowMs();
    this.world.wake();
  }

  async #deliver(wanted: (event: WebhookRecord) => boolean): Promise<DeliveryCount> {
    const { behaviour, random, state } = this.world;
    const due = state.webhooks
      .filter((event) => event.state === 'pending' && wanted(event))
      .toSorted((left, right) => left.rank - right.rank);
    // A repeated event stands in the queue twice, so that its copies travel among the others.
    const queue = due.flatMap((event) => Array.from({ length: 1 + event.repeats }, () => event));
    for (const event of due) event.repeats = 0;
    const count: DeliveryCount = { delivered: 0, failed: 0 };
    const waiting = behaviour.shuffle ? random.shuffled(queue) : queue;
    const carry = async (): Promise<void> => {
      for (let event = waiting.shift(); event !== undefined; event = waiting.shift())
        await this.#attempt(event, count);
    };
    await Promise.all(Array.from({ length: behaviour.shuffle ? CONCURRENCY : 1 }, carry));
    return count;
  }

  async #attempt(event: WebhookRecord, count: DeliveryCount): Promise<void> {
    const { behaviour, clock, state } = this.world;
    if (this.#stop.signal.aborted) return;
    const endpoint = lookup(state.endpoints, event.endpointId);
    if (endpoint?.enabled !== true) {
      event.state = endpoint === undefined ? 'no_endpoint' : 'skipped';
      event.dueAt = null;
      return;
    }
    const valid = validSecrets(this.world, endpoint);
    const secrets = behaviour.breakSignature ? valid.map((secret) => `${secret}-broken`) : valid;
    const headers = HABITS[event.provider].sign(event, secrets, Math.floor(realNow() / 1000));
    const at = clock.iso();
    const limits = { timeoutMs: behaviour.timeoutMs, stop: this.#stop.signal };
    const answer = await postOnce(endpoint.url, event.body, headers, limits);
    if (this.#stop.signal.aborted && answer.status === null) return;
    event.attempts.push({ at, ...answer });
    const accepted = answer.status !== null && answer.status >= 200 && answer.status < 300;
    if (accepted) {
      if (event.state !== 'delivered') count.delivered += 1;
      event.state = 'delivered';
      event.dueAt = null;
      endpoint.failures = 0;
      return;
    }
    count.failed += 1;
    // A copy that fails after its twin arrived is not worth a retry.
    if (event.state === 'pending') this.#postpone(event, endpoint);
  }

  #postpone(event: WebhookRecord, endpoint: EndpointRecord): void {
    const { behaviour, clock, random } = this.world;
    const age = clock.nowMs() - Date.parse(event.createdAt);
    const jitter = behaviour.shuffle ? random.next() : 0;
    const delay = HABITS[event.provider].retryDelay(event.attempts.length, age, jitter);
    event.state = delay === null ? 'failed' : 'pending';
    event.dueAt = delay === null ? null : clock.nowMs() + delay;
    if (delay === null) countFailedEvent(this.world, endpoint);
  }
}
