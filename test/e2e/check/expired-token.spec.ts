import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SignJWT } from 'jose';
import { EntitlementsService } from '@tollgate/entitlements';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';

const MINUTE_S = 60;

let test: TestApp;
let person: Person;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  person = await register(test);
});
afterAll(() => test.close());
afterEach(() => {
  jest.restoreAllMocks();
});

/** A caller whose token was issued and expired so many seconds ago (negative: will expire). */
async function caller({ issued, expired }: { issued: number; expired: number }): Promise<Caller> {
  const { secret, issuer, audience } = test.config.jwt;
  const now = Math.floor(Date.now() / 1_000);
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(person.id)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt(now - issued)
    .setExpirationTime(now - expired)
    .sign(new TextEncoder().encode(secret));
  return test.anonymous.with({ authorization: `Bearer ${token}` });
}

describe('an expired session', () => {
  it.each([
    ['expired', { issued: 5 * MINUTE_S, expired: 1 }],
    ['older than any may be', { issued: 16 * MINUTE_S, expired: -MINUTE_S }],
  ])('EE-08 whose token is %s is refused before anything is looked up', async (_what, times) => {
    const entitlements = test.app.get(EntitlementsService);
    const looks = [jest.spyOn(entitlements, 'check'), jest.spyOn(entitlements, 'snapshot')];
    const late = await caller(times);
    for (const answer of [
      await late.post('/v1/check', { feature: 'workflows' }),
      await late.get('/v1/entitlements'),
      await late.post('/v1/workflows', { name: 'x' }),
    ])
      expect(answer.expect(401).body).toMatchObject({ error: 'token_expired' });
    expect(looks.map((look) => look.mock.calls.length)).toEqual([0, 0]);
    const inTime = await caller({ issued: 5 * MINUTE_S, expired: -MINUTE_S });
    (await inTime.post('/v1/check', { feature: 'workflows' })).expect(200);
    expect(looks.map((look) => look.mock.calls.length)).toEqual([1, 0]);
  });
});
