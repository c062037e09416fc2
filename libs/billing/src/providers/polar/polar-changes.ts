import type { models, Polar } from '@polar-sh/sdk/2026-10';
import type { ProviderCalls } from '../provider-call.js';
import type { ChangeTime, PlanChange, Proration, SeatChange } from '../provider-changes.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { readById } from '../read-by-id.js';
import { standingAt } from '../standing-at.js';
import { asProviderId } from '../tolerant-reader.js';
import { isNoSuchId, polarCode, polarStatus, within } from './polar-errors.mapper.js';
import { toPolarSubscription } from './polar-subscription.mapper.js';

type Body = models.SubscriptionUpdate;

const NOT_SCHEDULED = 409;
const LOCKED = 'SubscriptionLocked';

/** Every change that Polar makes to a subscription: one PATCH that sets a value, so that repeating it is harmless. */
export class PolarChanges {
  constructor(
    private readonly polar: Polar,
    private readonly calls: ProviderCalls,
  ) {}

  /**
   * Product and seats are two variants of Polar's PATCH, each sent only if it differs, so that a repetition after half of it
   * finishes the other half. Fewer seats now go before the product, more of them after it: whatever stands between both calls
   * costs no more than what was asked for. What waits for the period's end takes the product first, since Polar forgets
   * pending seats with a new pending product; nothing is charged before the other half has followed. A change that waits
   * and is not the wished one is dropped before all that: it would turn what follows into a mixture of both.
   */
  async changePlan(id: string, change: PlanChange): Promise<ProviderSubscription> {
    const proration_behavior = toBehavior(change);
    const before = await this.withoutOther(await this.fetch(id), change);
    const isLess = change.when === 'now' && change.seats !== null && change.seats < before.seats;
    const fewer = isLess ? await this.set(id, { seats: change.seats, proration_behavior }) : before;
    const changed =
      standingAt(fewer, change.when).priceRef === change.priceRef
        ? fewer
        : await this.set(id, { product_id: change.priceRef, proration_behavior });
    const { seats } = standingAt(changed, change.when);
    if (change.seats === null || seats === change.seats) return changed;
    return this.set(id, { seats: change.seats, proration_behavior });
  }

  /** @throws ProviderRefusedError as the port says */
  async setSeats(id: string, change: SeatChange): Promise<ProviderSubscription> {
    const proration_behavior = toBehavior(change);
    const now = await this.fetch(id);
    await this.withoutOther(now, { when: change.when, priceRef: now.priceRef });
    return this.set(id, { seats: change.seats, proration_behavior });
  }

  /** Lets it end with its period. */
  async scheduleCancel(id: string): Promise<ProviderSubscription> {
    const now = await this.fetch(id);
    return now.cancelAt === null ? this.set(id, { cancel_at_period_end: true }) : now;
  }

  /** Polar refuses (409) to take back what is not scheduled: then it stands as wished. */
  async undoCancel(id: string): Promise<ProviderSubscription> {
    return this.set(id, { cancel_at_period_end: false }, NOT_SCHEDULED);
  }

  /** Pauses at the end of the period. */
  async pause(id: string, resumesAt: Date | null): Promise<ProviderSubscription> {
    return this.set(id, { pause_at_period_end: true, resumes_at: resumesAt?.toISOString() ?? null });
  }

  /** A pause that is only scheduled is taken back, one that began is ended. */
  async resume(id: string): Promise<ProviderSubscription> {
    const now = await this.fetch(id);
    return this.set(id, now.status === 'paused' ? { resume: true } : { pause_at_period_end: false });
  }

  /** Ends it now; Polar refuses that for one that has ended, which stands as wished. */
  async revoke(id: string): Promise<ProviderSubscription> {
    const now = await this.fetch(id);
    return now.endedAt === null ? this.set(id, { revoke: true }) : now;
  }

  /** Drops what Polar keeps until the period ends. */
  async dropPendingChange(id: string): Promise<ProviderSubscription> {
    return this.set(id, { pending_update: null });
  }

  /** The subscription as it stands; null when Polar knows no such id (404), or it is no UUID (422). */
  async find(id: string): Promise<ProviderSubscription | null> {
    const read = async (milliseconds: number): Promise<ProviderSubscription> =>
      requireSubscription(await this.polar.subscriptions.get(id, within(milliseconds)), id);
    return readById(this.calls, id, read, isNoSuchId);
  }

  /** @throws ProviderRefusedError `not_found` Polar knows no such subscription */
  async fetch(id: string): Promise<ProviderSubscription> {
    const found = await this.find(id);
    if (found === null) throw new ProviderRefusedError('polar', 'not_found');
    return found;
  }

  /** Drops what waits for the period's end, unless it is for the wished product and is to wait as well. */
  private async withoutOther(
    now: ProviderSubscription,
    { when, priceRef }: { when: ChangeTime; priceRef: string | null },
  ): Promise<ProviderSubscription> {
    const isWished = when === 'period_end' && standingAt(now, when).priceRef === priceRef;
    return now.pendingChange === null || isWished ? now : this.dropPendingChange(now.id);
  }

  /** @param standing a status that says: it stands so already */
  private async set(id: string, body: Body, standing?: number): Promise<ProviderSubscription> {
    const answer = await this.calls.repeatably(async (milliseconds) => {
      try {
        const changed = await this.polar.subscriptions.update(requireId(id), body, within(milliseconds));
        return requireSubscription(changed, id);
      } catch (error) {
        if (standing !== undefined && polarStatus(error) === standing && polarCode(error) !== LOCKED)
          return null;
        throw error;
      }
    });
    return answer ?? this.fetch(id);
  }
}

/**
 * Our words in Polar's. Under `period_end` the change waits in `pending_update`, and nothing is prorated.
 *
 * @throws ProviderRefusedError `unsupported` a change now, without any charge for the rest of the period
 */
function toBehavior({
  when,
  proration,
}: {
  when: string;
  proration: Proration;
}): 'invoice' | 'prorate' | 'next_period' {
  if (when === 'period_end') return 'next_period';
  if (proration === 'none') throw new ProviderRefusedError('polar', 'unsupported');
  return proration === 'invoice_now' ? 'invoice' : 'prorate';
}

function requireId(id: string): string {
  if (asProviderId(id) === null) throw new ProviderRefusedError('polar', 'not_found');
  return id;
}

function requireSubscription(answer: unknown, id: string): ProviderSubscription {
  const subscription = toPolarSubscription(answer);
  // An error page of a proxy passes the SDK as an object: nothing is known then.
  if (subscription?.id !== id) throw new ProviderUnavailableError('polar');
  return subscription;
}
