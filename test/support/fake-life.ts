import type { ProviderName } from '../../libs/billing/src/providers/payment-provider.js';
import type { ProviderCapabilities } from '../../libs/billing/src/providers/provider-capabilities.js';
import type { PlanChange, SeatChange } from '../../libs/billing/src/providers/provider-changes.js';
import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';
import {
  ProviderRefusedError,
  type RefusalReason,
} from '../../libs/billing/src/providers/provider.errors.js';
import type { FakePrice } from './fake-price.js';
import { fakePeriodEnd } from './fake-subscription.js';

type Changes = Partial<ProviderSubscription>;

/** What the fake's subscriptions stand on. */
export interface FakeWorld {
  readonly name: ProviderName;
  readonly capabilities: ProviderCapabilities;
  readonly priceOf: (priceRef: string) => FakePrice | undefined;
  readonly now: () => Date;
  readonly find: (id: string) => ProviderSubscription | undefined;
  /** Stores the changes and delivers an event about them. */
  readonly change: (id: string, changes: Changes) => void;
}

/** What a fake provider does to subscriptions when it is asked to, with the refusals of the real ones. */
export class FakeLife {
  private readonly intents = new Map<string, string>();
  private readonly broke = new Set<string>();

  constructor(private readonly world: FakeWorld) {}

  /** From now on payments of this subscription fail; `false` ends that. */
  failPayments(id: string, fails = true): void {
    if (fails) this.broke.add(id);
    else this.broke.delete(id);
  }

  /** The renewals that are due of subscriptions whose payments fail: the period goes on, the payment is due since then. */
  failRenewals(): void {
    for (const id of this.broke) {
      const { status, currentPeriodEnd: due, interval } = this.fetch(id);
      if (status !== 'active' || due === null || due > this.world.now()) continue;
      const period = { currentPeriodStart: due, currentPeriodEnd: fakePeriodEnd(due, interval ?? 'month') };
      this.world.change(id, { status: 'past_due', rawStatus: 'past_due', pastDueSince: due, ...period });
    }
  }

  fetch(id: string): ProviderSubscription {
    return this.world.find(id) ?? this.refuse('not_found');
  }

  changePlan(id: string, change: PlanChange): ProviderSubscription {
    const price = this.world.priceOf(change.priceRef);
    if (price === undefined) return this.refuse('not_found');
    return this.apply(id, change, { priceRef: change.priceRef, seats: change.seats ?? 1 });
  }

  setSeats(id: string, change: SeatChange): ProviderSubscription {
    return this.apply(id, change, { priceRef: this.fetch(id).priceRef ?? '', seats: change.seats });
  }

  scheduleCancel(id: string): ProviderSubscription {
    const { cancelAt, currentPeriodEnd } = this.fetch(id);
    const canceled = { cancelAt: currentPeriodEnd, canceledAt: this.world.now() };
    return cancelAt === null ? this.set(id, canceled) : this.fetch(id);
  }

  undoCancel(id: string): ProviderSubscription {
    const { cancelAt } = this.fetch(id);
    return cancelAt === null ? this.fetch(id) : this.set(id, { cancelAt: null, canceledAt: null });
  }

  pause(id: string, resumesAt: Date | null): ProviderSubscription {
    if (resumesAt !== null && !this.world.capabilities.resumesByItself) this.refuse('unsupported');
    return this.set(id, { status: 'paused', rawStatus: 'paused', pausedAt: this.world.now(), resumesAt });
  }

  resume(id: string, at: Date): ProviderSubscription {
    const { currentPeriodEnd: end, interval } = this.fetch(id);
    const period =
      end !== null && end > at
        ? {}
        : { currentPeriodStart: at, currentPeriodEnd: fakePeriodEnd(at, interval ?? 'month') };
    const running = { status: 'active', rawStatus: 'active', pausedAt: null, resumesAt: null } as const;
    return this.set(id, { ...running, ...period });
  }

  revoke(id: string): ProviderSubscription {
    const { endedAt } = this.fetch(id);
    const ended = { status: 'canceled', rawStatus: 'canceled', endedAt: this.world.now() } as const;
    return endedAt === null ? this.set(id, ended) : this.fetch(id);
  }

  dropPendingChange(id: string): ProviderSubscription {
    const { pendingChange } = this.fetch(id);
    return pendingChange === null ? this.fetch(id) : this.set(id, { pendingChange: null });
  }

  private apply(
    id: string,
    change: PlanChange | SeatChange,
    wanted: { priceRef: string; seats: number },
  ): ProviderSubscription {
    const now = this.fetch(id);
    if (!this.isNew(id, change.intentKey, JSON.stringify([wanted, change.when]))) return now;
    if (now.endedAt !== null) this.refuse('ended');
    const { capabilities, priceOf } = this.world;
    if (now.cancelAt !== null && !capabilities.changesWhileCanceling) this.refuse('cancel_scheduled');
    if (change.when === 'period_end') {
      if (capabilities.changeAtPeriodEnd === 'ours') this.refuse('unsupported');
      return this.set(id, { pendingChange: { ...wanted, appliesAt: now.currentPeriodEnd } });
    }
    if (!capabilities.prorations.includes(change.proration)) this.refuse('unsupported');
    if (change.proration === 'invoice_now' && this.broke.has(id)) this.refuse('payment_failed');
    const price = priceOf(wanted.priceRef);
    return this.set(id, {
      ...wanted,
      priceId: wanted.priceRef,
      productId: wanted.priceRef,
      pendingChange: null,
      ...(price === undefined
        ? {}
        : {
            productMetadata: { plan: price.plan },
            price: { amount: BigInt(price.amount * wanted.seats), currency: 'usd' },
            interval: price.interval,
          }),
    });
  }

  /** One intent is done once; with another content it is refused. */
  private isNew(id: string, intentKey: string, content: string): boolean {
    const key = `${id}:${intentKey}`;
    const before = this.intents.get(key);
    if (before !== undefined && before !== content) this.refuse('key_reused');
    this.intents.set(key, content);
    return before === undefined;
  }

  private set(id: string, changes: Changes): ProviderSubscription {
    this.fetch(id);
    this.world.change(id, changes);
    return this.fetch(id);
  }

  private refuse(reason: RefusalReason): never {
    throw new ProviderRefusedError(this.world.name, reason);
  }
}
