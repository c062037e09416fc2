import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';

let test: TestApp;
let person: Person;
beforeAll(async () => {
  test = await createTestApp({ provider: 'none', environment: { COMPAT_DENIAL_BODY: '1' } });
  person = await register(test);
});
afterAll(() => test.close());

describe('with COMPAT_DENIAL_BODY=1', () => {
  it.each([
    ['POST', '/v1/export'],
    ['POST', '/api/export'],
    ['GET', '/v1/analytics'],
  ])('SB-29 %s %s is denied byte for byte as clients of older systems know it', async (method, path) => {
    expect((await person.call.send(method, path)).expect(403).text).toBe(
      '{"error":"upgrade_required","message":"This feature requires a paid plan","upgradeUrl":"/pricing"}',
    );
  });

  it('a denial that no upgrade cures has the same three names', async () => {
    for (const name of ['one', 'two', 'three'])
      (await person.call.post('/v1/workflows', { name })).expect(201);
    expect((await person.call.post('/v1/workflows', { name: 'four' })).expect(403).text).toBe(
      '{"error":"capacity_reached","message":"The limit of this plan is reached","upgradeUrl":"/pricing"}',
    );
  });

  it('so has the refusal of a caller for whom nobody pays, whether a feature is asked for or not', async () => {
    const lost = person.call.with({ 'tollgate-organization': '0190a6b2-7c5e-7000-8000-000000000001' });
    for (const path of ['/v1/analytics', '/v1/workflows', '/v1/entitlements'])
      expect((await lost.get(path)).expect(403).text).toBe(
        '{"error":"owner_unresolved","message":"Nobody could be found who pays for this","upgradeUrl":"/pricing"}',
      );
  });

  it('so has the refusal of a caller without credentials', async () => {
    expect((await test.anonymous.post('/v1/export')).expect(401).text).toBe(
      '{"error":"unauthenticated","message":"Sign in to use this","upgradeUrl":"/pricing"}',
    );
  });
});
