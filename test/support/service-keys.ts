import type { TestApp } from './app.js';
import type { Caller } from './caller.js';
import { staffMember } from './staff.js';

/** A caller with a new service key that staff made, with these scopes. */
export async function serviceKey(
  test: TestApp,
  ...scopes: readonly ('check:any' | 'consume:any')[]
): Promise<Caller> {
  const admin = await staffMember(test, 'admin');
  const wish = { name: 'another system', scopes, reason: 'a test needs it' };
  const { body } = (await admin.post('/staff/service-keys', wish)).expect(201);
  return test.anonymous.with({ authorization: `Bearer ${String(body['key'])}` });
}
