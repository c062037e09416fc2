import { randomUUID } from 'node:crypto';
import { TransactionRunner } from '@tollgate/kernel';
import { StaffMembers } from '../../apps/api/src/auth/staff/staff-members.repository.js';
import type { StaffRole } from '../../apps/api/src/auth/staff/staff-roles.js';
import type { TestApp } from './app.js';
import type { Caller } from './caller.js';

/** A member of staff with this role, signed in, writing from our own pages. */
export async function staffMember(test: TestApp, role: StaffRole): Promise<Caller> {
  const email = `${randomUUID()}@staff.test`;
  const password = 'a password of the staff';
  await test.app
    .get(TransactionRunner)
    .run((tx) =>
      test.app.get(StaffMembers, { strict: false }).create(tx, { email, name: role, role, password }),
    );
  const page = test.anonymous.with({ origin: test.config.http.appUrl });
  const answer = (await page.post('/staff/session', { email, password })).expect(200);
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return page.with({ cookie });
}
