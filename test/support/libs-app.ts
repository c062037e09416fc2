import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { KernelModule } from '@tollgate/kernel';
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

/** Starts the modules on the kernel, on real time. */
export async function createLibsApp(imports: DynamicModule['imports']): Promise<LibsApp> {
  const testDatabase = await createTestDatabase();
  const database = new DataSource({ type: 'postgres', url: testDatabase.url, extra: { max: 20 } });
  await database.initialize();
  const databaseModule: DynamicModule = {
    module: DatabaseOfTest,
    global: true,
    providers: [{ provide: DataSource, useValue: database }],
    exports: [DataSource],
  };
  const root: DynamicModule = {
    module: RootOfTest,
    imports: [databaseModule, KernelModule.forRoot({ clock: 'system', runsWork: false }), ...(imports ?? [])],
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
