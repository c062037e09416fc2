import { type DynamicModule, Module } from '@nestjs/common';
import { CatalogModule } from '@tollgate/entitlements';
import { KernelModule } from '@tollgate/kernel';
import { DatabaseModule } from '../database/database.module.js';

/** The catalog on a database, and nothing else of the application: serves nothing, works off nothing. */
@Module({})
export class CatalogCliModule {
  /** `clock` as the application on this database has it. */
  static forRoot(databaseUrl: string, clock: 'system' | 'test'): DynamicModule {
    return {
      module: CatalogCliModule,
      imports: [
        DatabaseModule.forRoot(databaseUrl),
        KernelModule.forRoot({ clock, runsWork: false }),
        CatalogModule,
      ],
    };
  }
}
