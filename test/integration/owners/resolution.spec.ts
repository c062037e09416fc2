import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import {
  BillingOwnerModule,
  BillingOwners,
  type MembershipState,
  Organizations,
  TenantBillingOwnerResolver,
} from '@tollgate/billing';
import {
  BillingOwnerResolver,
  type BillingPlace,
  Catalogs,
  EntitlementsModule,
  EntitlementsService,
  type OwnedAccess,
} from '@tollgate/entitlements';
import { notify, type Principal, TransactionRunner } from '@tollgate/kernel';
import { townCatalog } from '../../support/guarded/town-catalog.js';
import { createLibsApp, type LibsApp } from '../../support/libs-app.js';
import { eventually } from '../../support/poll.js';

type Ownership = Pick<OwnedAccess, 'ownerId' | 'organizationId'>;

const ABSENT = '0190a6b2-7c5e-7000-8000-00000000ffff';

/** Ada pays for the team, Bob works in it, Carl is elsewhere with a club; nobody registered Dora. */
const PEOPLE = ['ada', 'bob', 'carl'] as const;

@Global()
@Module({
  imports: [BillingOwnerModule],
  providers: [{ provide: BillingOwnerResolver, useExisting: TenantBillingOwnerResolver }],
  exports: [BillingOwnerResolver, BillingOwnerModule],
})
class ResolverModule {}

let test: LibsApp;
const owners: Record<string, string> = {};
let team: string;
let club: string;

beforeAll(async () => {
  test = await createLibsApp([
    ResolverModule,
    EntitlementsModule.forRoot({ upgradeUrl: '/pricing', compatDenialBody: false }),
  ]);
  await test.app.get(Catalogs).seed(townCatalog, { author: 'test', reason: 'a town' });
  const organizations = test.app.get(Organizations);
  await test.app.get(TransactionRunner).run(async (tx) => {
    for (const name of PEOPLE) owners[name] = await test.app.get(BillingOwners).register(tx, name);
    const found = (name: string, userId: string): Promise<string> =>
      organizations.create(tx, { name, userId, billingOwnerId: owners[userId] ?? '' });
    team = await found('Team', 'ada');
    club = await found('Club', 'carl');
    await organizations.addMember(tx, { organizationId: team, userId: 'bob', role: 'member' });
  });
});
afterAll(() => test.close());

/** Who pays, by the one service that answers it. */
async function ownershipOf(principal: Principal, place: BillingPlace): Promise<Ownership | null> {
  const access = await test.app.get(EntitlementsService).callerFor(principal, place);
  return access && { ownerId: access.ownerId, organizationId: access.organizationId };
}

const CALLERS: Readonly<Record<string, () => Principal>> = {
  'the payer': () => ({ kind: 'user', userId: 'ada' }),
  'a member': () => ({ kind: 'user', userId: 'bob' }),
  'a stranger': () => ({ kind: 'user', userId: 'carl' }),
  'a user without an owner row': () => ({ kind: 'user', userId: 'dora' }),
  'a member’s key': () => ({ kind: 'api_key', keyId: 'k', userId: 'bob', organizationId: null }),
  'a key of the team': () => ({ kind: 'api_key', keyId: 'k', userId: null, organizationId: team }),
  'a key of nothing': () => ({ kind: 'api_key', keyId: 'k', userId: null, organizationId: null }),
  'a key of an absent organization': () => ({
    kind: 'api_key',
    keyId: 'k',
    userId: null,
    organizationId: ABSENT,
  }),
  staff: () => ({ kind: 'staff', staffId: 's', permissions: ['tenants.read'] }),
  'a service key': () => ({ kind: 'service_key', keyId: 's', scopes: ['check:any', 'consume:any'] }),
  'the system': () => ({ kind: 'system', name: 'job' }),
};

const PLACES: Readonly<Record<string, () => BillingPlace>> = {
  'nowhere in particular': () => ({ kind: 'caller' }),
  'the team by name': () => ({ kind: 'organization', organizationId: team }),
  'the team by its name in capitals': () => ({ kind: 'organization', organizationId: team.toUpperCase() }),
  'the club by name': () => ({ kind: 'organization', organizationId: club }),
  'an absent organization': () => ({ kind: 'organization', organizationId: ABSENT }),
  'a name that is no id': () => ({ kind: 'organization', organizationId: "x' or 1=1 --" }),
  'Bob’s own thing': () => ({ kind: 'resource', organizationId: null, userId: 'bob' }),
  'Carl’s own thing': () => ({ kind: 'resource', organizationId: null, userId: 'carl' }),
  'a thing of nobody’s': () => ({ kind: 'resource', organizationId: null, userId: 'dora' }),
  'a thing of the team': () => ({ kind: 'resource', organizationId: team, userId: 'ada' }),
  'a thing of the club': () => ({ kind: 'resource', organizationId: club, userId: 'carl' }),
  'a thing of an absent organization': () => ({ kind: 'resource', organizationId: ABSENT, userId: 'bob' }),
};

/** Who pays where, in each caller’s row; a place that is not named is nobody’s. */
const PAYERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'the payer': {
    'nowhere in particular': 'ada',
    'the team by name': 'ada for the team',
    'the team by its name in capitals': 'ada for the team',
    'a thing of the team': 'ada for the team',
  },
  'a member': {
    'nowhere in particular': 'bob',
    'the team by name': 'ada for the team',
    'the team by its name in capitals': 'ada for the team',
    'Bob’s own thing': 'bob',
    'a thing of the team': 'ada for the team',
  },
  'a stranger': {
    'nowhere in particular': 'carl',
    'the club by name': 'carl for the club',
    'Carl’s own thing': 'carl',
    'a thing of the club': 'carl for the club',
  },
  'a user without an owner row': {},
  'a member’s key': {
    'nowhere in particular': 'bob',
    'Bob’s own thing': 'bob',
  },
  'a key of the team': {
    'nowhere in particular': 'ada for the team',
    'the team by name': 'ada for the team',
    'the team by its name in capitals': 'ada for the team',
    'a thing of the team': 'ada for the team',
  },
  'a key of nothing': {},
  'a key of an absent organization': {},
  staff: {},
  'a service key': {},
  'the system': {
    'Bob’s own thing': 'bob',
    'Carl’s own thing': 'carl',
    'a thing of the team': 'ada for the team',
    'a thing of the club': 'carl for the club',
  },
};

function nameOf(ownership: Ownership | null): string | null {
  if (ownership === null) return null;
  const payer = PEOPLE.find((name) => owners[name] === ownership.ownerId) ?? 'somebody else';
  const place = { [team]: ' for the team', [club]: ' for the club' }[ownership.organizationId ?? ''];
  return payer + (ownership.organizationId === null ? '' : (place ?? ' for an unknown spelling'));
}

describe('who pays', () => {
  const rows = Object.keys(CALLERS).flatMap((caller) =>
    Object.keys(PLACES).map((place) => [caller, place, PAYERS[caller]?.[place] ?? null] as const),
  );

  it.each(rows)('FX-22 for %s, at %s: %s', async (caller, place, payer) => {
    const found = await ownershipOf(CALLERS[caller](), PLACES[place]());
    expect(nameOf(found)).toBe(payer);
  });

  it('FX-23 for a participant who touches a thing of an organization: who pays for that', async () => {
    const place = PLACES['a thing of the team']();
    const found = await ownershipOf({ kind: 'user', userId: 'bob' }, place);
    expect(found).toEqual({ ownerId: owners['ada'], organizationId: team });
  });

  it('FX-26 for a thing in a personal space: its user, also by that user’s key and the system', async () => {
    for (const caller of ['a member', 'a member’s key', 'the system']) {
      const place = PLACES['Bob’s own thing']();
      const found = await ownershipOf(CALLERS[caller](), place);
      expect(found).toEqual({ ownerId: owners['bob'], organizationId: null });
    }
  });

  it('FX-27 for a thing of an organization: its payer, whoever of it calls', async () => {
    for (const caller of ['the payer', 'a member', 'a key of the team', 'the system']) {
      const place = PLACES['a thing of the team']();
      const found = await ownershipOf(CALLERS[caller](), place);
      expect(found).toEqual({ ownerId: owners['ada'], organizationId: team });
    }
  });

  it.each<MembershipState>(['suspended', 'awaiting_seat', 'declined'])(
    'is nobody for a member who is %s, and the key they made lives on',
    async (state) => {
      // As whoever changes a membership has to: in the same transaction, every process is told.
      const change = (to: MembershipState): Promise<unknown> =>
        test.app.get(TransactionRunner).run(async (tx) => {
          await tx.query(`update membership set state = $1 where user_id = 'bob'`, [to]);
          await notify(tx, `owner:${owners['ada']}`);
        });
      await change(state);
      await eventually(
        async () => (await ownershipOf(CALLERS['a member'](), PLACES['a thing of the team']())) === null,
      );
      const at = async (caller: string): Promise<string | null> =>
        nameOf(await ownershipOf(CALLERS[caller](), PLACES['a thing of the team']()));
      expect([await at('a member'), await at('a key of the team')]).toEqual([null, 'ada for the team']);
      await change('active');
      expect(await eventually(() => at('a member'))).toBe('ada for the team');
    },
  );
});
