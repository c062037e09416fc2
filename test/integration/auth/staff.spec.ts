import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Post } from '@nestjs/common';
import { CurrentPrincipal } from '@tollgate/entitlements';
import { type Principal, TransactionRunner } from '@tollgate/kernel';
import { StaffMembers } from '../../../apps/api/src/auth/staff/staff-members.repository.js';
import type { StaffRole } from '../../../apps/api/src/auth/staff/staff-roles.js';
import { StaffRoute } from '../../../apps/api/src/auth/staff/staff-route.decorator.js';
import { AUTH, type AuthApp, createAuthApp } from './auth-app.js';
import { type Answer, send } from './send.js';

@Controller('staff/tenants')
class TenantsController {
  @StaffRoute('tenants.read')
  @Get()
  list(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }

  @StaffRoute('tenants.plan.give')
  @Post('plan')
  givePlan(): { given: true } {
    return { given: true };
  }
}

const PASSWORD = 'staff password';
const ORIGIN = AUTH.appUrl;
let subject: AuthApp;
let members = 0;

beforeAll(async () => {
  subject = await createAuthApp({ controllers: [TenantsController] });
});

afterAll(() => subject.close());

let email: string;
let memberId: string;
beforeEach(async () => {
  ({ email, id: memberId } = await member('support'));
});

async function member(role: StaffRole): Promise<{ id: string; email: string }> {
  const wish = { email: `Staff-${++members}@example.test`, name: 'Sam', role, password: PASSWORD };
  return subject.app.get(TransactionRunner).run((tx) => subject.app.get(StaffMembers).create(tx, wish));
}

const signIn = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  send(subject, 'POST', '/staff/session', { body, headers });

async function signedIn(who: string = email): Promise<string> {
  const answer = await signIn({ email: who, password: PASSWORD }, { origin: ORIGIN });
  expect(answer.status).toBe(200);
  return cookieOf(answer);
}

const cookieOf = ({ headers }: Answer): string => String(headers['set-cookie']).split(';')[0];

describe('a staff session', () => {
  it('is opened by e-mail and password and carried by a cookie no script reads', async () => {
    const answer = await signIn({ email: email.toUpperCase(), password: PASSWORD });
    expect(answer.body).toEqual({
      member: {
        id: memberId,
        email,
        name: 'Sam',
        role: 'support',
        permissions: expect.any(Array) as unknown,
      },
    });
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^tollgate_staff=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const current = await send(subject, 'GET', '/staff/session', { headers: { cookie: cookieOf(answer) } });
    expect(current.body).toEqual(answer.body);
  });

  it('is not given for a wrong password, an unknown e-mail or a disabled member', async () => {
    for (const body of [
      { email, password: 'wrong password' },
      { email: 'nobody@example.test', password: PASSWORD },
    ])
      expect(await signIn(body)).toMatchObject({ status: 401, body: { error: 'invalid_credentials' } });
    const cookie = await signedIn();
    await subject.database.query('update staff_member set disabled_at = $2 where id = $1', [
      memberId,
      new Date(),
    ]);
    expect(await signIn({ email, password: PASSWORD })).toMatchObject({ status: 401 });
    expect(await send(subject, 'GET', '/staff/session', { headers: { cookie } })).toMatchObject({
      status: 401,
    });
  });

  it('is refused for a while after too many wrong passwords', async () => {
    for (let failure = 1; failure <= 4; failure++) await signIn({ email, password: 'wrong password' });
    const blocked = await signIn({ email, password: PASSWORD });
    expect(blocked).toMatchObject({ status: 429, body: { error: 'too_many_attempts', retryAfter: 1 } });
  });

  it('is a new one at every sign-in, and the old one is over', async () => {
    const first = await signedIn();
    const answer = await signIn({ email, password: PASSWORD }, { cookie: first });
    expect(cookieOf(answer)).not.toBe(first);
    expect(await send(subject, 'GET', '/staff/session', { headers: { cookie: first } })).toMatchObject({
      status: 401,
      body: { error: 'unauthenticated' },
    });
  });

  it('is dead on the server after signing out, after twelve hours and after a new password', async () => {
    const alive = async (cookie: string): Promise<number> =>
      (await send(subject, 'GET', '/staff/session', { headers: { cookie } })).status;
    const out = await signedIn();
    const headers = { cookie: out, origin: ORIGIN };
    expect((await send(subject, 'DELETE', '/staff/session', { headers })).status).toBe(204);
    expect(await alive(out)).toBe(401);

    const changed = await signedIn();
    await subject.app
      .get(TransactionRunner)
      .run((tx) => subject.app.get(StaffMembers).setPassword(tx, memberId, 'another password'));
    expect(await alive(changed)).toBe(401);

    const late = await signedIn((await member('viewer')).email);
    subject.realTime.advance(12 * 3_600_000 - 1);
    expect(await alive(late)).toBe(200);
    subject.realTime.advance(1);
    expect(await alive(late)).toBe(401);
  });

  it.each(['https://evil.example', 'null', 'http://localhost:3001'])(
    'is not opened from %s',
    async (origin) => {
      const answer = await signIn({ email, password: PASSWORD }, { origin });
      expect(answer).toMatchObject({ status: 403, body: { error: 'origin_refused' } });
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );
});

describe('a staff route', () => {
  it('knows the member and what they may do', async () => {
    const answer = await send(subject, 'GET', '/staff/tenants', { headers: { cookie: await signedIn() } });
    expect(answer.body).toMatchObject({ kind: 'staff', staffId: memberId });
    expect(answer.body['permissions']).toContain('tenants.plan.give');
  });

  it('is closed without a session, whatever else is sent', async () => {
    const tries: Record<string, string>[] = [
      {},
      { cookie: 'tollgate_staff=' },
      { cookie: 'tollgate_staff=%00' },
      { authorization: 'Bearer x' },
    ];
    for (const headers of tries)
      expect(await send(subject, 'GET', '/staff/tenants', { headers })).toMatchObject({
        status: 401,
        body: { error: 'unauthenticated' },
      });
  });

  it('is closed to a role without its permission', async () => {
    const cookie = await signedIn((await member('viewer')).email);
    expect((await send(subject, 'GET', '/staff/tenants', { headers: { cookie } })).status).toBe(200);
    const answer = await send(subject, 'POST', '/staff/tenants/plan', {
      headers: { cookie, origin: ORIGIN },
    });
    expect(answer).toMatchObject({ status: 403, body: { error: 'permission_missing' } });
  });

  it('takes writes only from our own pages', async () => {
    const cookie = await signedIn();
    const give = (headers: Record<string, string>): Promise<Answer> =>
      send(subject, 'POST', '/staff/tenants/plan', { headers: { cookie, ...headers } });
    expect((await give({ origin: ORIGIN })).status).toBe(201);
    const origins = [undefined, 'https://evil.example', 'null'];
    for (const origin of origins)
      expect(await give(origin === undefined ? {} : { origin })).toMatchObject({
        status: 403,
        body: { error: 'origin_refused', message: expect.stringContaining(`"Origin: ${ORIGIN}"`) },
      });
  });
});

describe('over https', () => {
  it('the cookie is bound to the host and to https', async () => {
    const secure = await createAuthApp({ appUrl: 'https://app.example' });
    await secure.app
      .get(TransactionRunner)
      .run((tx) =>
        secure.app
          .get(StaffMembers)
          .create(tx, { email: 's@example.test', name: 'Sam', role: 'admin', password: PASSWORD }),
      );
    const answer = await send(secure, 'POST', '/staff/session', {
      body: { email: 's@example.test', password: PASSWORD },
    });
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-tollgate_staff=.*; Secure/);
    await secure.close();
  });
});
