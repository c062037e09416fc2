import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DevMailbox } from '../../../apps/api/src/mail/dev-mailbox.js';
import { type AuthApp, createAuthApp } from './auth-app.js';
import { type Answer, bearer, send } from './send.js';

let subject: AuthApp;

beforeAll(async () => {
  subject = await createAuthApp();
});

afterAll(() => subject.close());

const PASSWORD = 'correct horse';

const post = (path: string, body: object, from?: string): Promise<Answer> =>
  send(subject, 'POST', path, { body, ...(from !== undefined && { from }) });

async function registered(email: string): Promise<{ id: string; accessToken: string; refreshToken: string }> {
  const { status, body } = await post('/v1/register', { email, password: PASSWORD });
  expect(status).toBe(201);
  const { user, accessToken, refreshToken } = body as Record<string, string> & { user: { id: string } };
  return { id: user.id, accessToken, refreshToken };
}

describe('registering', () => {
  it('makes the user, the billing owner and its free subscription, and sends a mail', async () => {
    const answer = await post('/v1/register', {
      email: ' Ann@Example.TEST ',
      password: PASSWORD,
      name: 'Ann',
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ user: { email: 'ann@example.test', name: 'Ann' }, expiresIn: 900 });
    const rows: unknown = await subject.database.query(
      `select s.plan, s.status from subscription s join billing_owner o on o.id = s.owner_id where o.user_id = $1`,
      [(answer.body['user'] as { id: string }).id],
    );
    expect(rows).toEqual([{ plan: 'free', status: 'active' }]);
    expect(subject.app.get(DevMailbox).list()[0]).toMatchObject({ to: 'ann@example.test' });
  });

  it('keeps no password and no token in readable form', async () => {
    const { refreshToken } = await registered('readable@example.test');
    const dump = JSON.stringify([
      await subject.database.query('select * from app_user'),
      await subject.database.query(`select *, encode(token_hash, 'escape') as text from refresh_token`),
    ]);
    expect(dump).toContain('$argon2id$');
    expect(dump).not.toContain(PASSWORD);
    expect(dump).not.toContain(refreshToken);
  });

  it('refuses an e-mail that is taken, in any spelling', async () => {
    await registered('taken@example.test');
    const again = await post('/v1/register', { email: 'TAKEN@example.test', password: PASSWORD });
    expect(again).toMatchObject({ status: 409, body: { error: 'email_taken' } });
  });

  it('makes one user of two registrations at once, and leaves no owner without a user', async () => {
    const twice = await Promise.all(
      [1, 2, 3, 4].map(() => post('/v1/register', { email: 'race@example.test', password: PASSWORD })),
    );
    expect(twice.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
    const orphans: unknown = await subject.database.query(
      'select o.id from billing_owner o left join app_user u on u.id::text = o.user_id where u.id is null',
    );
    expect(orphans).toEqual([]);
  });

  it.each([
    ['a short password', { email: 'x@example.test', password: 'short' }, 'password'],
    ['a very long password', { email: 'x@example.test', password: 'a'.repeat(201) }, 'password'],
    ['no e-mail', { password: PASSWORD }, 'email'],
    ['a bad e-mail', { email: 'nobody', password: PASSWORD }, 'email'],
    ['an invisible name', { email: 'x@example.test', password: PASSWORD, name: '\u200b\u202e' }, 'name'],
    ['a number for a password', { email: 'x@example.test', password: 12345678901 }, 'password'],
    ['an unknown field', { email: 'x@example.test', password: PASSWORD, role: 'admin' }, ''],
    ['a list', [], ''],
  ])('refuses %s and names the field', async (_name, body, path) => {
    const answer = await post('/v1/register', body);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(answer.body['details']).toMatchObject({
      issues: expect.arrayContaining([expect.objectContaining({ path })]) as unknown,
    });
  });
});

describe('signing in', () => {
  it('gives tokens that the next requests are known by', async () => {
    const { id } = await registered('bob@example.test');
    const login = await post('/v1/login', { email: 'BOB@example.test', password: PASSWORD });
    expect(login.status).toBe(200);
    const me = await send(subject, 'GET', '/v1/me', { headers: bearer(String(login.body['accessToken'])) });
    expect(me.body).toEqual({ user: { id, email: 'bob@example.test', name: null }, apiKey: null });
  });

  it('says the same to a wrong password and to an unknown account', async () => {
    await registered('carol@example.test');
    const wrong = await post('/v1/login', { email: 'carol@example.test', password: 'wrong password' });
    const unknown = await post('/v1/login', { email: 'nobody@example.test', password: 'wrong password' });
    const { requestId: _one, ...first } = wrong.body;
    const { requestId: _two, ...second } = unknown.body;
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(first).toEqual(second);
    expect(first).toMatchObject({ error: 'invalid_credentials' });
  });

  it('makes guessing slow for one account from one address, and locks nobody else out', async () => {
    await registered('dave@example.test');
    const guess = (password: string, from: string): Promise<Answer> =>
      post('/v1/login', { email: 'dave@example.test', password }, from);
    for (let failure = 1; failure <= 4; failure++)
      expect(await guess(`guess number ${failure}`, '203.0.113.1')).toMatchObject({ status: 401 });
    const blocked = await guess(PASSWORD, '203.0.113.1');
    expect(blocked).toMatchObject({ status: 429, body: { error: 'too_many_attempts', retryAfter: 1 } });
    expect(blocked.headers['retry-after']).toBe('1');
    expect(await guess(PASSWORD, '203.0.113.2')).toMatchObject({ status: 200 });
    subject.realTime.advance(1_000);
    expect(await guess(PASSWORD, '203.0.113.1')).toMatchObject({ status: 200 });
    expect(await guess('one more guess', '203.0.113.1')).toMatchObject({ status: 401 });
  });

  it('lets no more guesses through at once than one after another', async () => {
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        post('/v1/login', { email: 'erin@example.test', password: `guess number ${index}` }, '203.0.113.3'),
      ),
    );
    expect(guesses.filter(({ status }) => status === 401)).toHaveLength(4);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(16);
  });
});

describe('refreshing', () => {
  it('trades a token once, and ends the sign-in when it comes back', async () => {
    const { refreshToken } = await registered('fay@example.test');
    const next = await post('/v1/refresh', { refreshToken });
    expect(next).toMatchObject({ status: 200, body: { expiresIn: 900 } });
    const again = await post('/v1/refresh', { refreshToken });
    expect(again).toMatchObject({ status: 401, body: { error: 'invalid_credentials' } });
    const victim = await post('/v1/refresh', { refreshToken: next.body['refreshToken'] });
    expect(victim.status).toBe(401);
  });

  it('gives one successor to a token that is used many times at once, and then ends the sign-in', async () => {
    const { refreshToken } = await registered('gil@example.test');
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => post('/v1/refresh', { refreshToken })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const live: unknown = await subject.database.query(
      `select t.id from refresh_token t join app_user u on u.id = t.user_id
       where u.email = 'gil@example.test' and t.revoked_at is null`,
    );
    expect(live).toEqual([]);
  });

  it('ends after thirty days', async () => {
    const { refreshToken } = await registered('hal@example.test');
    subject.realTime.advance(30 * 86_400_000);
    expect(await post('/v1/refresh', { refreshToken })).toMatchObject({ status: 401 });
  });

  it('is over after signing out, which answers the same for an unknown token', async () => {
    const { refreshToken } = await registered('ida@example.test');
    const next = await post('/v1/refresh', { refreshToken });
    expect((await post('/v1/logout', { refreshToken })).status).toBe(204);
    expect((await post('/v1/logout', { refreshToken: 'unknown' })).status).toBe(204);
    expect((await post('/v1/refresh', { refreshToken: next.body['refreshToken'] })).status).toBe(401);
  });

  it('does not care for a stale access token in the header', async () => {
    const { refreshToken } = await registered('jon@example.test');
    const answer = await send(subject, 'POST', '/v1/refresh', {
      body: { refreshToken },
      headers: bearer('stale'),
    });
    expect(answer.status).toBe(200);
  });
});
