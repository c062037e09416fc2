import { describe, expect, it } from '@jest/globals';
import { formatDay } from '../../format/dates.js';
import { givePlanWords } from './givePlanWords.js';

const pro = { key: 'pro', name: 'Pro', rank: 10 };
const team = { key: 'team', name: 'Team', rank: 20 };
const tenant = { name: 'Ada', email: null, userId: 'u1', planName: 'Pro', source: 'staff' } as const;

describe('givePlanWords', () => {
  it('names the plan, its last day and that nothing is billed', () => {
    const words = givePlanWords({
      tenant,
      held: pro,
      chosen: team,
      untilDay: '2026-12-31',
      takesBack: false,
    });
    expect(words).toContain(`they get Team, until the end of ${formatDay('2026-12-31T12:00:00')}.`);
    expect(words).toContain('Nothing is billed for it.');
  });

  it('warns that a lower plan takes something away', () => {
    expect(givePlanWords({ tenant, held: team, chosen: pro, untilDay: null, takesBack: false })).toContain(
      'less than they have now',
    );
  });

  it('says that a paid subscription goes on being billed', () => {
    const paying = { ...tenant, source: 'subscription' } as const;
    expect(
      givePlanWords({ tenant: paying, held: pro, chosen: team, untilDay: null, takesBack: false }),
    ).toContain('goes on billing');
  });

  it('promises nothing before a plan is chosen', () => {
    expect(
      givePlanWords({ tenant, held: pro, chosen: undefined, untilDay: null, takesBack: false }),
    ).toContain('Choose the plan');
  });

  it('says that the default plan takes back what staff gave, whatever the day', () => {
    const free = { key: 'free', name: 'Free', rank: 0 };
    const words = givePlanWords({ tenant, held: pro, chosen: free, untilDay: '2026-12-31', takesBack: true });
    expect(words).toContain('What staff gave them ends now');
    expect(words).not.toContain('until');
  });
});
