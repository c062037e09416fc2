import { describe, expect, it } from '@jest/globals';
import { type AnchorFacts, billingAnchorOf } from './billing-anchor.js';

const at = (text: string): Date => new Date(`${text}Z`);
const facts = (changes: Partial<AnchorFacts> = {}): AnchorFacts => ({
  billingAnchor: null,
  startedAt: at('2026-01-31T10:00:00'),
  trialEnd: null,
  status: 'active',
  currentPeriodStart: at('2026-01-31T10:00:00'),
  interval: 'month',
  ...changes,
});
const FIRST = at('2026-01-31T10:00:00');
const TOLD = at('2026-02-10T08:00:00');
const TRIAL_END = at('2026-02-14T10:00:00');

describe('billingAnchorOf', () => {
  it.each<[string, Partial<AnchorFacts>, Date | null, Date | null]>([
    ['is what the provider tells', { billingAnchor: TOLD }, FIRST, TOLD],
    ['is the beginning', {}, null, FIRST],
    ['is the end of the trial', { trialEnd: TRIAL_END, currentPeriodStart: TRIAL_END }, null, TRIAL_END],
    [
      'is the end of a trial that runs, also a moved one',
      { status: 'trialing', trialEnd: TRIAL_END },
      FIRST,
      TRIAL_END,
    ],
    [
      'stays over the end of a shorter month',
      { currentPeriodStart: at('2026-02-28T10:00:00') },
      FIRST,
      FIRST,
    ],
    ['stays over the month after it', { currentPeriodStart: at('2026-03-31T10:00:00') }, FIRST, FIRST],
    ['stays over a year', { currentPeriodStart: at('2027-01-31T10:00:00'), interval: 'year' }, FIRST, FIRST],
    [
      'stays where instants differ by seconds',
      { currentPeriodStart: at('2026-02-28T09:59:58') },
      FIRST,
      FIRST,
    ],
    ['moves with a period that begins on another day', { currentPeriodStart: TOLD }, FIRST, TOLD],
    [
      'moves with one that begins at another hour',
      { currentPeriodStart: at('2026-02-28T13:00:00') },
      FIRST,
      at('2026-02-28T13:00:00'),
    ],
    ['stays once it moved', { currentPeriodStart: at('2026-03-10T08:00:00') }, TOLD, TOLD],
    [
      'moves when the move is heard of late',
      { currentPeriodStart: at('2026-05-10T08:00:00') },
      null,
      at('2026-05-10T08:00:00'),
    ],
    ['stays with weeks', { currentPeriodStart: TOLD, interval: null }, FIRST, FIRST],
    ['is the period, when nothing else is told', { startedAt: null, currentPeriodStart: TOLD }, null, TOLD],
    ['is unknown when nothing is told', { startedAt: null, currentPeriodStart: null }, null, null],
  ])('%s', (_what, changes, before, expected) => {
    expect(billingAnchorOf(facts(changes), before)).toEqual(expected);
  });
});
