import { describe, expect, it } from '@jest/globals';
import { formatDay } from '../format/dates.js';
import { statusTone, statusWords } from './statusWords.js';

const at = '2026-12-03T12:00:00Z';
const plain = { cancelAt: null, currentPeriodEnd: null } as const;

describe('statusWords', () => {
  it('says until when a cancelled but running subscription gives access', () => {
    expect(statusWords({ ...plain, status: 'active', cancelAt: at })).toBe(
      `Cancelled, access until ${formatDay(at)}`,
    );
  });

  it('says until when a failed payment is borne', () => {
    expect(statusWords({ ...plain, status: 'past_due', graceUntil: at })).toContain(
      `access until ${formatDay(at)}`,
    );
  });

  it('takes the period end of a trial when the row knows no trial end', () => {
    expect(statusWords({ ...plain, status: 'trialing', currentPeriodEnd: at })).toBe(
      `Trial until ${formatDay(at)}`,
    );
  });

  it('says when a pause begins that is still to come, and until when one lasts', () => {
    const pause = { beginsAt: at, endsAt: null };
    expect(statusWords({ ...plain, status: 'active', pause })).toBe(`Active, pauses on ${formatDay(at)}`);
    expect(statusWords({ ...plain, status: 'paused', pause })).toBe('Paused, no paid access');
    expect(statusWords({ ...plain, status: 'paused', pause: { ...pause, endsAt: at } })).toBe(
      `Paused until ${formatDay(at)}, no paid access`,
    );
  });

  it('does not promise access that a past-due row has no date for', () => {
    expect(statusWords({ ...plain, status: 'past_due', graceUntil: null })).toBe('Payment past due');
  });

  it('keeps to the ended words when a canceled row still carries its cancel date', () => {
    expect(statusWords({ ...plain, status: 'canceled', cancelAt: at })).toBe('Cancelled, paid access ended');
  });
});

describe('statusTone', () => {
  it('warns of a cancel or a pause that is still to come', () => {
    expect(statusTone({ status: 'active', cancelAt: at })).toBe('warning');
    const pause = { beginsAt: at, endsAt: null };
    expect(statusTone({ status: 'active', cancelAt: null, pause })).toBe('warning');
    expect(statusTone({ status: 'paused', cancelAt: null, pause })).toBe('default');
  });
});
