import { describe, expect, it } from '@jest/globals';
import { defineCatalog } from '@tollgate/entitlements';
import { catalogSource } from './catalog-source.js';
import { changeLines } from './change-lines.js';

const catalog = defineCatalog({
  defaultPlan: 'free',
  plans: { free: { name: 'Free', rank: 0 }, pro: { name: 'It\'s "Pro"', rank: 10, graceDays: 7 } },
  features: {
    'one-two': { name: "What's new", kind: 'flag', allowances: { free: true, pro: true } },
    runs: {
      name: 'Runs',
      kind: 'quota',
      window: 'day',
      rates: [{ limit: 1, perSeconds: 60, by: 'user' }],
      allowances: { pro: { limit: '9223372036854775807', overage: 'allow' } },
    },
  },
});

describe('the text of a catalog file', () => {
  it('is as the formatter would have it: one line where it fits, keys quoted where needed', () => {
    expect(catalogSource(catalog, 'ours', [])).toBe(`import { defineCatalog } from '@tollgate/entitlements';

/** The catalog that an empty database starts with; afterwards the database is the truth. */
export const ours = defineCatalog({
  defaultPlan: 'free',
  plans: { free: { name: 'Free', rank: 0 }, pro: { name: 'It\\'s "Pro"', rank: 10, graceDays: 7 } },
  features: {
    'one-two': { name: "What's new", kind: 'flag', allowances: { free: true, pro: true } },
    runs: {
      name: 'Runs',
      kind: 'quota',
      window: 'day',
      rates: [{ limit: 1, perSeconds: 60, by: 'user' }],
      allowances: { pro: { limit: '9223372036854775807', overage: 'allow' } },
    },
  },
});
`);
  });

  it('keeps the order that the file had, new features last', () => {
    const text = catalogSource(catalog, 'ours', ['gone', 'runs']);
    expect(text.indexOf('runs:')).toBeLessThan(text.indexOf('one-two'));
  });
});

describe('the lines of a difference', () => {
  it('begin with what happened', () => {
    const lines = changeLines([
      { path: 'plans.gold', change: 'added', after: { name: 'Gold', rank: 20 } },
      { path: 'features.old', change: 'removed', before: { kind: 'flag' } },
      { path: 'features.export.allowances.pro', change: 'changed', before: 50, after: 60 },
    ]);
    expect(lines).toEqual([
      '+ plans.gold: {"name":"Gold","rank":20}',
      '- features.old: {"kind":"flag"}',
      '~ features.export.allowances.pro: 50 → 60',
    ]);
  });
});
