import {
  BillingOwners,
  GivenPlans,
  type MembershipRole,
  type MembershipState,
  Organizations,
} from '@tollgate/billing';
import { TransactionRunner } from '@tollgate/kernel';
import type { TestApp } from './app.js';
import type { Caller } from './caller.js';
import type { Person } from './people.js';

/** A member to be; an active one of role `member` unless said otherwise. */
export interface Joining {
  readonly role?: MembershipRole;
  readonly state?: MembershipState;
}

/** The id of the owner row behind a person. */
export async function ownerIdOf(test: TestApp, person: Person): Promise<string> {
  const id = await test.app.get(BillingOwners).idOfUser(test.database.manager, person.id);
  if (id === null) throw new Error('this person has no billing owner');
  return id;
}

/** Gives a person a plan, as staff would: without a provider, and at once. */
export async function givePlan(test: TestApp, person: Person, plan: string): Promise<void> {
  const ownerId = await ownerIdOf(test, person);
  await test.app.get(TransactionRunner).run((tx) =>
    test.app.get(GivenPlans).give(tx, {
      ownerId,
      plan,
      until: null,
      reason: 'a test',
      actor: { kind: 'system', name: 'test' },
    }),
  );
}

/** Creates an organization that the person owns and pays for; answers its id. */
export async function createOrganization(test: TestApp, person: Person, name = 'Team'): Promise<string> {
  const billingOwnerId = await ownerIdOf(test, person);
  return test.app
    .get(TransactionRunner)
    .run((tx) => test.app.get(Organizations).create(tx, { name, userId: person.id, billingOwnerId }));
}

/** Makes a person a member of an organization. */
export async function join(
  test: TestApp,
  organizationId: string,
  person: Person,
  { role = 'member', state = 'active' }: Joining = {},
): Promise<void> {
  await test.app
    .get(TransactionRunner)
    .run((tx) =>
      test.app.get(Organizations).addMember(tx, { organizationId, userId: person.id, role, state }),
    );
}

/** The same person, naming an organization in the header. */
export function within(organizationId: string, person: Person): Caller {
  return person.call.with({ 'tollgate-organization': organizationId });
}

/** A caller with a new API key that the person makes, for an organization or (without one) for themselves. */
export async function keyOf(test: TestApp, person: Person, organizationId?: string): Promise<Caller> {
  const made = (await person.call.post('/v1/api-keys', { name: 'A key', organizationId })).expect(201);
  return test.anonymous.with({ authorization: `Bearer ${String(made.body['key'])}` });
}

/** How many places of a feature stand taken, by space: `total`, `personal` or an organization's id. */
export async function placesOf(
  test: TestApp,
  person: Person,
  feature: string,
): Promise<Record<string, number>> {
  const rows = await test.database.query<{ space: string; used: string }[]>(
    'select space, used from capacity_counter where owner_id = $1 and feature = $2',
    [await ownerIdOf(test, person), feature],
  );
  return Object.fromEntries(rows.map(({ space, used }) => [space, Number(used)]));
}
