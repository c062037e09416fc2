import { describe, expect, it } from '@jest/globals';
import type { AskedFor, DecisionEntry } from '@tollgate/entitlements';
import { decisionLines, type DecisionLines } from './decision-lines.js';

const entry = (allowed: boolean, askedFor: AskedFor): DecisionEntry => ({
  at: '2027-03-10T12:00:00.000Z',
  askedFor,
  principal: 'user:1\nuser:2',
  ownerId: 'o',
  organizationId: null,
  feature: 'export',
  allowed,
  reason: allowed ? null : 'plan_required',
  plan: 'free',
  source: null,
});

function written(lines: DecisionLines, ...entries: readonly DecisionEntry[]): object[] {
  const texts: string[] = [];
  const listener = decisionLines(lines, (text) => texts.push(text));
  for (const one of entries) listener?.(one);
  for (const text of texts) expect(text.split('\n')).toHaveLength(2);
  return texts.map((text) => JSON.parse(text) as object);
}

describe('lines of decisions', () => {
  const given = [entry(true, 'door'), entry(false, 'door'), entry(false, 'many'), entry(true, 'many')];

  it.each([
    ['off', []],
    ['denied', [given[1]]],
    ['all', given],
  ] as const)('%s: one line of JSON for each of these', (lines, expected) => {
    expect(written(lines, ...given)).toEqual(expected.map((one) => ({ event: 'decision', ...one })));
  });
});
