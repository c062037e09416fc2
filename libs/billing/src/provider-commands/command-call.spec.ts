import { describe, expect, it } from '@jest/globals';
import type { ProviderSubscription } from '../providers/provider-subscription.js';
import { type CommandCall, isForPeriodEnd, isFulfilled, verbsReplacedBy } from './command-call.js';

const AT = new Date('2026-03-01T00:00:00Z');
const LATER = new Date('2026-05-01T00:00:00Z');
const STANDING: ProviderSubscription = {
  provider: 'any',
  id: 'sub',
  customerId: 'customer',
  ownerRef: null,
  checkoutId: null,
  status: 'active',
  rawStatus: 'active',
  priceRef: 'pro',
  productId: null,
  priceId: null,
  productMetadata: {},
  slugs: [],
  unitPrice: null,
  currentPeriodStart: null,
  currentPeriodEnd: null,
  trialEnd: null,
  cancelAt: null,
  canceledAt: null,
  endedAt: null,
  pastDueSince: null,
  startedAt: null,
  billingAnchor: null,
  pausesAt: null,
  pausedAt: null,
  resumesAt: null,
  seats: 2,
  price: null,
  interval: 'month',
  pendingChange: null,
  problem: null,
  modifiedAt: null,
  livemode: null,
};
const pause = (resumesAt: Date | null): CommandCall => ({
  verb: 'pause',
  resumesAt: resumesAt?.toISOString() ?? null,
});
const change = (priceRef: string, seats: number | null, when: 'now' | 'period_end'): CommandCall => ({
  verb: 'change_plan',
  priceRef,
  seats,
  when,
  proration: 'none',
});
const seats = (number: number, when: 'now' | 'period_end'): CommandCall => ({
  verb: 'set_seats',
  seats: number,
  when,
  proration: 'none',
});
const pending = { priceRef: 'team', seats: 3, appliesAt: AT };

describe('isFulfilled', () => {
  it.each<[string, CommandCall, Partial<ProviderSubscription>, boolean]>([
    ['another plan', change('team', 2, 'now'), {}, false],
    ['the plan it is on', change('pro', 2, 'now'), {}, true],
    ['its plan with other seats', change('pro', 3, 'now'), {}, false],
    ['its plan, whatever its seats', change('pro', null, 'now'), {}, true],
    ['the plan it is on for later, and no other is pending', change('pro', 2, 'period_end'), {}, true],
    [
      'the plan it is on for later, while another is',
      change('pro', 2, 'period_end'),
      { pendingChange: pending },
      false,
    ],
    ['the seats it has', seats(2, 'now'), {}, true],
    ['the seats it has, while a change is pending', seats(2, 'now'), { pendingChange: pending }, false],
    [
      'the plan it is on, while another is pending',
      change('pro', 2, 'now'),
      { pendingChange: pending },
      false,
    ],
    ['seats that are only pending', seats(3, 'now'), { pendingChange: pending }, false],
    [
      'seats for later that are pending',
      seats(3, 'period_end'),
      { pendingChange: { ...pending, priceRef: null } },
      true,
    ],
    ['seats for later that another plan has', seats(3, 'period_end'), { pendingChange: pending }, false],
    ['the seats it has for later, and no others are pending', seats(2, 'period_end'), {}, true],
    [
      'the seats it has for later, while others are',
      seats(2, 'period_end'),
      { pendingChange: pending },
      false,
    ],
    ['a plan that is only pending', change('team', 3, 'now'), { pendingChange: pending }, false],
    ['a plan for later that is pending', change('team', 3, 'period_end'), { pendingChange: pending }, true],
    ['a cancel that is scheduled', { verb: 'schedule_cancel' }, { cancelAt: AT }, true],
    ['a cancel of what has ended', { verb: 'schedule_cancel' }, { endedAt: AT }, true],
    ['a cancel that is not', { verb: 'schedule_cancel' }, {}, false],
    ['taking back a cancel that stands', { verb: 'undo_cancel' }, { cancelAt: AT }, false],
    ['taking back a cancel that does not stand', { verb: 'undo_cancel' }, {}, true],
    ['taking back a cancel when it has ended', { verb: 'undo_cancel' }, { endedAt: AT }, false],
    ['a pause since then, whatever the word for it', pause(null), { pausedAt: AT }, true],
    ['a pause that has begun', pause(null), { status: 'paused' }, true],
    ['a pause that is scheduled', pause(null), { pausesAt: AT }, true],
    ['a pause until then', pause(LATER), { pausesAt: AT, resumesAt: LATER }, true],
    ['a pause until another time', pause(LATER), { pausesAt: AT }, false],
    ['no pause', pause(null), {}, false],
    ['going on, while it is paused', { verb: 'resume' }, { status: 'paused', pausedAt: AT }, false],
    ['going on, while a pause is scheduled', { verb: 'resume' }, { pausesAt: AT }, false],
    ['going on, and it does', { verb: 'resume' }, {}, true],
    ['its end, while it runs', { verb: 'revoke' }, {}, false],
    ['its end', { verb: 'revoke' }, { endedAt: AT }, true],
    ['no pending change, and none stands', { verb: 'drop_pending_change' }, {}, true],
    [
      'no pending change, of which one stands',
      { verb: 'drop_pending_change' },
      { pendingChange: pending },
      false,
    ],
  ])('asked for %s', (_what, call, standing, fulfilled) => {
    expect(isFulfilled(call, { ...STANDING, ...standing })).toBe(fulfilled);
  });
});

describe('isForPeriodEnd', () => {
  it('is told by the time that a change names; what names none takes place now', () => {
    expect(isForPeriodEnd(change('team', 2, 'period_end'))).toBe(true);
    expect(isForPeriodEnd(seats(2, 'period_end'))).toBe(true);
    expect(isForPeriodEnd(seats(2, 'now'))).toBe(false);
    expect(isForPeriodEnd({ verb: 'schedule_cancel' })).toBe(false);
  });
});

describe('verbsReplacedBy', () => {
  it('are those of the same subject, and all of them for the end', () => {
    expect(verbsReplacedBy('resume')).toEqual(['pause', 'resume']);
    expect(verbsReplacedBy('undo_cancel')).toEqual(['schedule_cancel', 'undo_cancel']);
    expect(verbsReplacedBy('change_plan')).toEqual(['change_plan', 'drop_pending_change', 'set_seats']);
    expect(verbsReplacedBy('set_seats')).toEqual(verbsReplacedBy('change_plan'));
    expect(verbsReplacedBy('drop_pending_change')).toEqual(verbsReplacedBy('change_plan'));
    expect(verbsReplacedBy('revoke')).toHaveLength(8);
  });
});
