import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AuthApp, createAuthApp } from './auth-app.js';
import { send } from './send.js';

let subject: AuthApp;

beforeAll(async () => {
  subject = await createAuthApp();
});

afterAll(() => subject.close());

const PASSWORD = 'correct horse';

describe('registering', () => {
  it('makes the user, the billing owner and its free subscription', async () => {
    const answer = await send(subject, 'POST', '/v1/register', {
      body: { email: ' Ann@Example.TEST ', password: PASSWORD, name: 'Ann' },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ user: { email: 'ann@example.test', name: 'Ann' }, expiresIn: 900 });
    const rows = await subject.database.query(
      `select s.plan, s.status from subscription s join billing_owner o on o.id = s.owner_id where o.user_id = $1`,
      [(answer.body['user'] as { id: string }).id],
    );
    expect(rows).toEqual([{ plan: 'free', status: 'active' }]);
  });
});
