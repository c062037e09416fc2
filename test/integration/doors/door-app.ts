import { type DynamicModule, type INestApplication, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import {
  BillingOwnerResolver,
  Catalogs,
  EntitlementsModule,
  type EntitlementsOptions,
} from '@tollgate/entitlements';
import { Clock, KernelModule } from '@tollgate/kernel';
import { createDataSource } from '../../../apps/api/src/database/data-source.js';
import { Caller } from '../../support/caller.js';
import { type AdapterName, createAdapter } from '../../support/guarded/adapters.js';
import { HeaderPrincipalGuard } from '../../support/guarded/header-principal.guard.js';
import { NeutralErrorFilter } from '../../support/guarded/neutral-error.filter.js';
import { THINGS_TABLE } from '../../support/guarded/things.store.js';
import { createTestDatabase } from '../../support/postgres.js';
import { doorCatalog } from './door-catalog.js';
import type { DoorNode } from './door-node.js';
import { DoorTown } from './door-town.js';

/** What a test composes behind doors. */
export interface DoorNodeOptions {
  readonly adapter?: AdapterName;
  /** Stands in for real time. */
  readonly clock?: Clock;
  readonly imports?: NonNullable<DynamicModule['imports']>;
  readonly controllers?: Type[];
  readonly providers?: Provider[];
  readonly entitlements?: Partial<EntitlementsOptions>;
}

/** A database with the catalog in it, and a first process on it. */
export interface DoorApp extends DoorNode {
  readonly url: string;
}

@Module({})
class DoorModule {}

@Module({})
class DoorRoot {}

/** Starts the first process on a database of its own. */
export async function createDoorApp(options: DoorNodeOptions): Promise<DoorApp> {
  const { url, drop } = await createTestDatabase();
  try {
    const node = await startDoorNode(url, options);
    await node.database.query(THINGS_TABLE);
    await node.app.get(Catalogs).seed(doorCatalog, { author: 'test', reason: 'doors' });
    const close = (): Promise<void> => node.close().then(drop);
    return { ...node, url, close };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** Starts a process on a database, listening on a free port of this machine; rejects when it refuses to boot. */
export async function startDoorNode(url: string, options: DoorNodeOptions): Promise<DoorNode> {
  const database = await createDataSource(url).initialize();
  let app: INestApplication | null = null;
  const close = async (): Promise<void> => {
    await app?.close();
    await database.destroy();
  };
  try {
    app = await NestFactory.create(rootOf(options, database), createAdapter(options.adapter ?? 'fastify'), {
      logger: false,
      abortOnError: false,
    });
    await app.listen(0, '127.0.0.1');
    return { app, database, anonymous: new Caller(await app.getUrl()), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function rootOf(options: DoorNodeOptions, database: DataSource): DynamicModule {
  const { imports = [], controllers = [], providers = [], clock, entitlements } = options;
  const ports: DynamicModule = {
    module: DoorModule,
    global: true,
    imports,
    controllers,
    providers: [
      { provide: DataSource, useValue: database },
      { provide: BillingOwnerResolver, useClass: DoorTown },
      { provide: APP_GUARD, useClass: HeaderPrincipalGuard },
      { provide: APP_FILTER, useClass: NeutralErrorFilter },
      ...providers,
    ],
    exports: [DataSource, BillingOwnerResolver],
  };
  const kernel = KernelModule.forRoot({ clock: 'system', runsWork: false });
  // The last provider of a token is the one that holds.
  const kernelModule = clock
    ? { ...kernel, providers: [...(kernel.providers ?? []), { provide: Clock, useValue: clock }] }
    : kernel;
  const rules = { upgradeUrl: '/pricing', compatDenialBody: false, ...entitlements };
  return { module: DoorRoot, imports: [ports, kernelModule, EntitlementsModule.forRoot(rules)] };
}
