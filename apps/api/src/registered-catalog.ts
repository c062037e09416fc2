import type { seedCatalog } from './database/seeds/catalog.js';

/** With this, a feature that does not stand in the catalog file does not compile in this application. */
declare module '@tollgate/entitlements' {
  interface RegisteredCatalog {
    catalog: typeof seedCatalog;
  }
}
