import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import {
  BillingOwnerResolver,
  Catalogs,
  EntitlementsModule,
  type EntitlementsOptions,
  EntitlementsService,
} from '@tollgate/entitlements';
import { Clock, JobRegistry, ManualClock } from '@tollgate/kernel';
import { UsageMeter, UsageModule, type UsageOptions } from '@tollgate/usage';
import { SmallTown } from '../../support/guarded/small-town.js';
import { townCatalog } from '../../support/guarded/town-catalog.js';
import { createLibsApp, type LibsApp } from '../../support/libs-app.js';
import { asking, meter, newOwner } from '../usage/usage-calls.js';

const KEPT = { hourlyDays: 2, dailyDays: 20 };
const RULES: EntitlementsOptions = { upgradeUrl: '/pricing', compatDenialBody: false };

@Global()
@Module({
  providers: [{ provide: BillingOwnerResolver, useClass: SmallTown }],
  exports: [BillingOwnerResolver],
})
class PortsOfTest {}

describe.each([
  ['forRoot', [UsageModule.forRoot(KEPT), EntitlementsModule.forRoot(RULES)]],
  [
    'forRootAsync',
    [
      EntitlementsModule.forRootAsync({ useFactory: () => Promise.resolve(RULES) }),
      UsageModule.forRootAsync({ useFactory: (): Partial<UsageOptions> => KEPT }),
    ],
  ],
] as const)('an application that says by %s how long usage is kept', (_, modules) => {
  const clock = new ManualClock(new Date('2027-03-01T12:00:00Z'));
  let libs: LibsApp;
  beforeAll(async () => {
    libs = await createLibsApp([PortsOfTest, ...modules], { clock });
    await libs.app.get(Catalogs).seed(townCatalog, { author: 'test', reason: 'a town' });
  });
  afterAll(() => libs.close());

  it('decides and counts with one meter, and removes hours when it said', async () => {
    expect(libs.app.get(Clock)).toBe(clock);
    expect(libs.app.get(EntitlementsService)).toBeDefined();
    const ownerId = newOwner();
    const at = clock.now();
    await libs.app
      .get(UsageMeter)
      .consume(asking(ownerId, { at, meters: [meter({ at, quantity: 3n, limit: 10n })] }));
    const jobs = libs.app.get(JobRegistry).all();
    const hours = (): Promise<unknown[]> =>
      libs.database.query('select 1 from usage_bucket where owner_id = $1', [ownerId]);
    clock.set(new Date('2027-03-05T12:00:00Z'));
    for (const name of ['usage.close', 'usage.prune'])
      await jobs.find((job) => job.name === name)?.run(clock.now());
    expect(await hours()).toEqual([]);
  });
});
