import type { DynamicModule, INestApplication, Provider, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Assignments, BillingOwnerResolver, Catalogs, EntitlementsModule } from '@tollgate/entitlements';
import { KernelModule, TransactionRunner } from '@tollgate/kernel';
import { Caller } from '../caller.js';
import { createTestDatabase } from '../postgres.js';
import { type AdapterName, createAdapter } from './adapters.js';
import { HeaderPrincipalGuard } from './header-principal.guard.js';
import { NeutralErrorFilter } from './neutral-error.filter.js';
import { OWNERS, SmallTown } from './small-town.js';
import { THINGS_TABLE, ThingOwnership, ThingsStore } from './things.store.js';
import { townCatalog } from './town-catalog.js';

/** What a test composes around the libs. */
export interface GuardedAppOptions {
  readonly adapter?: AdapterName;
  readonly controllers: Type[];
  /** Default: the small town's resolver and the things. */
  readonly providers?: Provider[];
  readonly compatDenialBody?: boolean;
}

/** Kernel, usage and entitlements alone, on a database of their own. */
export interface GuardedApp {
  readonly app: INestApplication;
  readonly database: DataSource;
  readonly anonymous: Caller;
  close(): Promise<void>;
}

const TOWN: Provider[] = [
  { provide: BillingOwnerResolver, useClass: SmallTown },
  ThingsStore,
  ThingOwnership,
];

@Module({})
class TownModule {}

/** Starts it listening on a free port of this machine; rejects when it refuses to boot. */
export async function createGuardedApp(options: GuardedAppOptions): Promise<GuardedApp> {
  const testDatabase = await createTestDatabase();
  const database = new DataSource({ type: 'postgres', url: testDatabase.url, extra: { max: 20 } });
  let app: INestApplication | null = null;
  const close = async (): Promise<void> => {
    await app?.close();
    if (database.isInitialized) await database.destroy();
    await testDatabase.drop();
  };
  try {
    await database.initialize();
    await database.query(THINGS_TABLE);
    app = await NestFactory.create(rootOf(options, database), createAdapter(options.adapter ?? 'fastify'), {
      logger: false,
      abortOnError: false,
    });
    await app.listen(0, '127.0.0.1');
    await populate(app, database);
    return { app, database, anonymous: new Caller(await app.getUrl()), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function rootOf(options: GuardedAppOptions, database: DataSource): DynamicModule {
  const { controllers, providers = TOWN, compatDenialBody = false } = options;
  const ports: DynamicModule = {
    module: TownModule,
    global: true,
    controllers,
    providers: [
      { provide: DataSource, useValue: database },
      { provide: APP_GUARD, useClass: HeaderPrincipalGuard },
      { provide: APP_FILTER, useClass: NeutralErrorFilter },
      ...providers,
    ],
    exports: [
      DataSource,
      ...providers.map((provider) => ('provide' in provider ? provider.provide : provider)),
    ],
  };
  return {
    module: class {},
    imports: [
      ports,
      KernelModule.forRoot({ clock: 'system', runsWork: false }),
      EntitlementsModule.forRoot({ upgradeUrl: '/pricing', compatDenialBody }),
    ],
  };
}

async function populate(app: INestApplication, database: DataSource): Promise<void> {
  await app.get(Catalogs).seed(townCatalog, { author: 'test', reason: 'a town' });
  for (const [userId, id] of Object.entries(OWNERS))
    await database.query('insert into billing_owner (id, user_id, created_at) values ($1, $2, now())', [
      id,
      userId,
    ]);
  const pro = { plan: 'pro', to: null, graceSince: null, lapsed: null, billingAnchor: null };
  const from = new Date(0);
  await app
    .get(TransactionRunner)
    .run((tx) => app.get(Assignments).set(tx, OWNERS.ada, 'staff', { ...pro, from }, from));
}
