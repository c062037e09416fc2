import type { VerifiedEvent } from '../providers/payment-provider.js';
import type { EventTopic, MoneyBack } from '../providers/webhook-event.js';

/** Why an event is kept but not applied. */
export type QuarantineNote =
  | 'other_mode'
  | 'unknown_type'
  | 'unknown_status'
  | 'unknown_price'
  | 'unknown_customer'
  | 'owner_conflict'
  | 'unknown_subscription'
  | 'unreadable';

/** An event that waits to be applied. */
export interface WaitingEvent {
  readonly id: string;
  readonly type: string;
}

/** The kind of work that handles an event for itself: one that no fetch of a subscription answers. */
export const HANDLE_EVENT = 'inbox.event';

/** Payload of {@link HANDLE_EVENT}: our own id of the event. */
export interface EventToHandle {
  readonly id: string;
}

/** Topics whose events carry their own news; all others only say that a subscription is worth a look. */
export const TOLD_BY_ITSELF: readonly EventTopic[] = ['refund', 'dispute'];

/** Whether an event is worked on for itself, not by a fetch of the subscription it names. */
export function isHandledByItself({ topic, type, subscriptionId }: VerifiedEvent): boolean {
  if (TOLD_BY_ITSELF.includes(topic)) return true;
  // Both providers name the end of a customer and of a checkout in these words.
  if (topic === 'customer') return type === 'customer.deleted';
  return topic === 'checkout' && subscriptionId === null && type.endsWith('.expired');
}

/** State and note of a new row: events about nothing that we keep have nothing to wait for. */
export function firstState(
  event: VerifiedEvent,
): ['received' | 'ignored' | 'quarantined', QuarantineNote | null] {
  if (event.isOfOtherMode) return ['quarantined', 'other_mode'];
  if (event.topic === 'unknown') return ['quarantined', 'unknown_type'];
  if (event.subscriptionId !== null || isHandledByItself(event)) return ['received', null];
  return ['ignored', null];
}

/** Amounts as decimal digits: JSON numbers end at 2^53. */
export function moneyBackRow({ money, ...rest }: MoneyBack): string {
  return JSON.stringify({ ...rest, money: money && { ...money, amount: money.amount.toString() } });
}
