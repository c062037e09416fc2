import type { models } from '@polar-sh/sdk/2026-10';
import type { EventTopic } from '../webhook-event.js';

/**
 * What every type of event that the SDK knows is about. The type makes the list complete: one that a later SDK adds fails
 * the type check here. `order.refunded` tells of the subscription's order; the refund has events of its own.
 */
const TOPICS: Readonly<Record<models.WebhookEventType, EventTopic>> = {
  'benefit.created': 'irrelevant',
  'benefit.updated': 'irrelevant',
  'benefit_grant.created': 'irrelevant',
  'benefit_grant.cycled': 'irrelevant',
  'benefit_grant.revoked': 'irrelevant',
  'benefit_grant.updated': 'irrelevant',
  'checkout.created': 'checkout',
  'checkout.expired': 'checkout',
  'checkout.updated': 'checkout',
  'customer.created': 'customer',
  'customer.deleted': 'customer',
  'customer.state_changed': 'customer',
  'customer.updated': 'customer',
  'customer_seat.assigned': 'irrelevant',
  'customer_seat.claimed': 'irrelevant',
  'customer_seat.revoked': 'irrelevant',
  'discount.created': 'irrelevant',
  'discount.deleted': 'irrelevant',
  'discount.updated': 'irrelevant',
  'member.created': 'irrelevant',
  'member.deleted': 'irrelevant',
  'member.updated': 'irrelevant',
  'order.created': 'subscription',
  'order.paid': 'subscription',
  'order.refunded': 'subscription',
  'order.updated': 'subscription',
  'organization.updated': 'irrelevant',
  'product.created': 'irrelevant',
  'product.updated': 'irrelevant',
  'refund.created': 'refund',
  'refund.updated': 'refund',
  'subscription.active': 'subscription',
  'subscription.canceled': 'subscription',
  'subscription.created': 'subscription',
  'subscription.cycled': 'subscription',
  'subscription.migrated': 'subscription',
  'subscription.past_due': 'subscription',
  'subscription.paused': 'subscription',
  'subscription.resumed': 'subscription',
  'subscription.revoked': 'subscription',
  'subscription.uncanceled': 'subscription',
  'subscription.updated': 'subscription',
};

/** The topic of a type; null when no version of ours has heard of it. */
export function polarTopic(type: string): EventTopic | null {
  const isKnown = (word: string): word is models.WebhookEventType => Object.hasOwn(TOPICS, word);
  return isKnown(type) ? TOPICS[type] : null;
}
