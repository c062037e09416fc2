import { describe, expect, it } from '@jest/globals';
import type { Facts } from './facts.js';
import { plainStyle, stepLines, terminalStyle } from './timeline.js';

const free: Facts = {
  plan: 'free',
  status: 'active',
  seats: null,
  amount: null,
  interval: null,
  periodEnd: null,
  trialEnd: null,
  cancelAt: null,
  graceUntil: null,
  toCome: null,
  toComeAt: null,
  paid: 0,
  refused: 0,
  workflows: '0/3',
  ai: 'no: plan_required',
  support: 'no: plan_required',
};
const team: Facts = {
  ...free,
  plan: 'team',
  seats: 4,
  amount: 12_000,
  interval: 'month',
  periodEnd: '2027-02-18T09:10:00.000Z',
  paid: 12_000,
  ai: 'yes',
};
const at = new Date('2027-01-18T09:10:00Z');

describe('the timeline of a rehearsal', () => {
  it('says when, what happened, what changed since the step before, and what the gate says', () => {
    expect(stepLines({ at, say: 'They pay', before: free, after: team }, plainStyle)).toEqual([
      '  2027-01-18 09:10  They pay',
      '                    changed  paid $120.00 · plan free → team · seats none → 4 · $120.00 a month',
      '                             period to 18 Feb 09:10',
      '                    gate     workflows 0/3 · AI nodes yes · priority support no: plan_required',
    ]);
  });

  it('says so when nothing changed, and when something planned is off', () => {
    const lines = (before: Facts, after: Facts) => stepLines({ at, say: 'x', before, after }, plainStyle)[1];
    const quiet = { ...team, paid: 0 };
    expect(lines(quiet, quiet)).toMatch(/changed {2}–$/);
    expect(lines({ ...quiet, cancelAt: quiet.periodEnd }, quiet)).toMatch(/changed {2}no end planned$/);
  });

  it('stays within 100 columns, and clips what is longer', () => {
    const after = { ...team, toCome: 'y'.repeat(300) };
    const lines = stepLines({ at, say: 'x'.repeat(300), before: null, after }, plainStyle);
    expect(Math.max(...lines.map((line) => line.length))).toBe(100);
    expect(lines[0]?.endsWith('…')).toBe(true);
  });

  it('is marked on terminals only', () => {
    const step = { at, say: 'They pay', before: free, after: team };
    expect(stepLines(step, plainStyle).join('')).not.toContain('\u001B');
    expect(stepLines(step, terminalStyle).join('')).toContain('\u001B[1mThey pay\u001B[22m');
  });
});
