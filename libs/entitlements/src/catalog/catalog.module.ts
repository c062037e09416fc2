import { Module } from '@nestjs/common';
import { CatalogHistory } from './catalog-history.service.js';
import { CatalogPublisher } from './catalog-publisher.service.js';
import { CatalogUseStore } from './catalog-use.store.js';
import { CatalogStore } from './catalog.store.js';
import { Catalogs } from './catalogs.service.js';
import { CatalogDraftStore } from './drafts/catalog-draft.store.js';
import { CatalogDrafts } from './drafts/catalog-drafts.service.js';

/** The catalog alone: for `EntitlementsModule`, and for programs that publish and decide nothing. Needs the kernel. */
@Module({
  providers: [
    CatalogStore,
    CatalogUseStore,
    CatalogPublisher,
    CatalogDraftStore,
    CatalogDrafts,
    CatalogHistory,
    Catalogs,
  ],
  exports: [Catalogs, CatalogDrafts, CatalogHistory, CatalogPublisher],
})
export class CatalogModule {}
