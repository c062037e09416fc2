import { describe, expect, it } from '@jest/globals';
import { auditLines } from './auditLines.js';

describe('auditLines', () => {
  it('says a wish to the provider in a sentence, without ids', () => {
    const after = { verb: 'set_seats', provider: 'polar', subscriptionId: '5667', seats: 5 };
    expect(auditLines({ action: 'subscription.set_seats', before: null, after })).toEqual([
      'Asked the provider for 5 seats',
    ]);
    expect(auditLines({ action: 'subscription.resume', before: null, after: null })).toEqual([
      'Asked the provider to resume',
    ]);
  });

  it('draws an arrow only where something was before', () => {
    const [before, after] = [{ plan: 'free' }, { plan: 'pro', note: 'a pilot' }];
    expect(auditLines({ action: 'plan.given', before, after })).toEqual([
      'plan: free → pro',
      'note: a pilot',
    ]);
  });
});
