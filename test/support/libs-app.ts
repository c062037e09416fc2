import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Clock, KernelModule } from '@tollgate/kernel';
import { createTestDatabase } from './postgres.js';

/** Rooms of the libs on a database of their own, without HTTP. */
export interface LibsApp {
  readonly app: INestApplicationContext;
  readonly database: DataSource;
  close(): Promise<void>;
}

@Module({})
class DatabaseOfTest {}

@Module({})
class RootOfTest {}

/** How the rooms of a test differ from the ordinary. */
export interface LibsAppOptions {
  /** Stands in for real time. */
  readonly clock?: Clock;
  /** Where the database believes to be. */
  readonly databaseTimeZone?: string;
}

/** Starts the modules on the kernel, on real time unless another clock is given. */
export async function createLibsApp(
  imports: DynamicModule['imports'],
  { clock, databaseTimeZone }: LibsAppOptions = {},
): Promise<LibsApp> {
  const testDatabase = await createTestDatabase();
  if (databaseTimeZone !== undefined) await testDatabase.setTimeZone(databaseTimeZone);
  const database = new DataSource({ type: 'postgres', url: testDatabase.url, extra: { max: 20 } });
  await database.initialize();
  const databaseModule: DynamicModule = {
    module: DatabaseOfTest,
    global: true,
    providers: [{ provide: DataSource, useValue: database }],
    exports: [DataSource],
  };
  const kernel = KernelModule.forRoot({ clock: 'system', runsWork: false });
  // The last provider of a token is the one that holds.
  const kernelModule = clock
    ? { ...kernel, providers: [...(kernel.providers ?? []), { provide: Clock, useValue: clock }] }
    : kernel;
  const root: DynamicModule = {
    module: RootOfTest,
    imports: [databaseModule, kernelModule, ...(imports ?? [])],
  };
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  return {
    app,
    database,
    close: async () => {
      await app.close();
      await database.destroy();
      await testDatabase.drop();
    },
  };
}
