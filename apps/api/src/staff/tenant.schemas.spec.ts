import { describe, expect, it } from '@jest/globals';
import { makeOverrideForm } from './override.schemas.js';
import { givePlanForm, tenantQuery } from './tenant.schemas.js';

describe('the query of the tenant list', () => {
  it.each([
    ['1', 1],
    ['100', 100],
    ['007', 7],
    [undefined, 25],
  ])('takes the limit %s', (limit, parsed) => {
    expect(tenantQuery.parse({ limit }).limit).toBe(parsed);
  });

  it.each(['0', '101', '0x10', '1e2', ' 1', '1 ', '+1', '-1', '1.0', '', 'x', '0001', ['1', '2']])(
    'refuses the limit %j',
    (limit) => {
      expect(tenantQuery.safeParse({ limit }).success).toBe(false);
    },
  );
});

describe.each([
  ['a given plan', (until: string) => givePlanForm.safeParse({ plan: 'pro', reason: 'a pilot', until })],
  [
    'an override',
    (until: string) =>
      makeOverrideForm.safeParse({ feature: 'export', enabled: false, reason: 'a pilot', until }),
  ],
])('the end of %s', (_name, parse) => {
  it.each([
    ['9999-12-31T23:59:59.999Z', true],
    ['9999-12-31T23:59:59.999+14:00', true],
    ['9999-12-31T23:59:59-00:01', false],
    ['9999-12-31T12:00:00-14:00', false],
  ])('%s', (until, isTaken) => {
    expect(parse(until).success).toBe(isTaken);
  });
});

describe('an override', () => {
  it.each([
    ['off', { enabled: false }, true],
    ['off with a limit', { enabled: false, limit: 5 }, false],
    ['on with a limit', { enabled: true, limit: 5 }, true],
    ['unlimited', { enabled: true, limit: -1 }, true],
    ['below unlimited', { enabled: true, limit: -2 }, false],
  ])('%s', (_name, wish, isTaken) => {
    const form = { feature: 'executions', reason: 'a pilot', until: null, ...wish };
    expect(makeOverrideForm.safeParse(form).success).toBe(isTaken);
  });
});
