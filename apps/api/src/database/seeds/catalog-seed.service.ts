import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type CatalogForm, Catalogs } from '@tollgate/entitlements';

/** Injection token of the catalog for an empty database. */
export const CATALOG_SEED = Symbol('catalog-seed');

/** Publishes the first catalog version into an empty database; any later start changes nothing. */
@Injectable()
export class CatalogSeed implements OnModuleInit {
  constructor(
    private readonly catalogs: Catalogs,
    @Inject(CATALOG_SEED) private readonly form: CatalogForm,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.catalogs.seed(this.form, { author: 'system:seed', reason: 'first catalog' });
  }
}
