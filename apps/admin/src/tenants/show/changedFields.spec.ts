import { describe, expect, it } from '@jest/globals';
import { changedFields } from './changedFields.js';

describe('changedFields', () => {
  it('names only the fields that differ', () => {
    expect(changedFields({ plan: 'free', to: null }, { plan: 'team', to: null })).toEqual([
      { field: 'plan', before: 'free', after: 'team' },
    ]);
  });

  it('shows a thing that came into being as changed from nothing', () => {
    expect(changedFields(null, { plan: 'pro' })).toEqual([{ field: 'plan', before: '–', after: 'pro' }]);
  });

  it('compares nested values by what they hold', () => {
    expect(changedFields({ a: { b: 1 } }, { a: { b: 1 } })).toEqual([]);
  });

  it('takes a bare value for a change of the whole', () => {
    expect(changedFields('free', 'pro')).toEqual([{ field: 'value', before: 'free', after: 'pro' }]);
  });
});
