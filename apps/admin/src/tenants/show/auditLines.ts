import type { AuditEntry } from '../../api/staff-api.js';
import { ABSENT, changedFields } from './changedFields.js';

type Facts = Record<string, unknown>;

/** What a wish to the provider asked for; its ids say nothing to a reader. */
const sentences: Record<string, (after: Facts) => string> = {
  'subscription.set_seats': ({ seats }) => `Asked the provider for ${seatsOf(seats)}`,
  'subscription.change_plan': ({ seats }) =>
    `Asked the provider for another plan or interval${withSeats(seats)}`,
  'subscription.schedule_cancel': () => 'Asked the provider to cancel at the period end',
  'subscription.undo_cancel': () => 'Asked the provider to take the cancel back',
  'subscription.pause': () => 'Asked the provider to pause',
  'subscription.resume': () => 'Asked the provider to resume',
  'subscription.revoke': () => 'Asked the provider to end it now',
  'subscription.drop_pending_change': () => 'Asked the provider to drop the change to come',
};

/** What an audited act did: a sentence where one is known, else the fields that differ; what had no before has no arrow. */
export function auditLines({
  action,
  before,
  after,
}: Pick<AuditEntry, 'action' | 'before' | 'after'>): string[] {
  const sentence = sentences[action];
  if (sentence) return [sentence(typeof after === 'object' && after !== null ? { ...after } : {})];
  return changedFields(before, after).map(({ field, before: old, after: now }) =>
    old === ABSENT ? `${field}: ${now}` : `${field}: ${old} → ${now}`,
  );
}

function withSeats(seats: unknown): string {
  return typeof seats === 'number' ? ` with ${seatsOf(seats)}` : '';
}

function seatsOf(seats: unknown): string {
  return seats === 1 ? '1 seat' : `${String(seats)} seats`;
}
