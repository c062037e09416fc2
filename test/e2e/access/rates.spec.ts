import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCatalog } from '../../../apps/api/src/database/seeds/catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { givePlan } from '../../support/tenants.js';

const analytics = seedCatalog.features['analytics-dashboard'];
/** Rolled out to everybody, so that only the rate can refuse. */
const catalog = {
  ...seedCatalog,
  features: { ...seedCatalog.features, 'analytics-dashboard': { ...analytics, rollout: { percent: 100 } } },
};

describe('EE-11 analytics: 100 per hour and user', () => {
  let test: TestApp;
  let person: Person;
  let start: Date;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'none', catalog });
    person = await register(test);
    await givePlan(test, person, 'pro');
    start = new Date(Date.now() + 1_000);
    await test.moveClock(start);
  });
  afterAll(() => test.close());

  it('lets the first hundred pass, saying how many are left', async () => {
    const first = (await person.call.get('/v1/analytics')).expect(200);
    expect(first.headers.get('ratelimit-policy')).toBe('"analytics-dashboard-by-user-3600s";q=100;w=3600');
    expect(first.headers.get('ratelimit')).toMatch(/^"analytics-dashboard-by-user-3600s";r=99;t=\d+$/);
    const answers = await Promise.all(Array.from({ length: 99 }, () => person.call.get('/v1/analytics')));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('refuses the next one with 429 and the seconds to wait', async () => {
    const refused = (await person.call.get('/v1/analytics')).expect(429);
    expect(refused.body).toMatchObject({
      error: 'rate_limited',
      feature: 'analytics-dashboard',
      retryAfter: 3_600,
    });
    expect(refused.headers.get('retry-after')).toBe('3600');
    await test.moveClock(new Date(start.getTime() + 3_599_000));
    expect((await person.call.get('/v1/analytics')).expect(429).headers.get('retry-after')).toBe('1');
  });

  it('counts each user apart, and nothing of callers whom an earlier layer refuses', async () => {
    const other = await register(test);
    expect((await other.call.get('/v1/analytics')).expect(403).headers.get('ratelimit')).toBeNull();
    await givePlan(test, other, 'pro');
    const allowed = (await other.call.get('/v1/analytics')).expect(200);
    expect(allowed.headers.get('ratelimit')).toContain(';r=99;');
  });

  it('lets them pass again when the window has rolled on', async () => {
    await test.moveClock(new Date(start.getTime() + 3_600_000));
    (await person.call.get('/v1/analytics')).expect(200);
  });
});
