import {
  CatalogDrafts,
  type CatalogForm,
  CatalogHistory,
  Catalogs,
  defineCatalog,
} from '@tollgate/entitlements';
import { Clock, IdGenerator } from '@tollgate/kernel';
import { CatalogPublisher } from '../../../libs/entitlements/src/catalog/catalog-publisher.service.js';
import { CatalogUseStore } from '../../../libs/entitlements/src/catalog/catalog-use.store.js';
import { CatalogStore } from '../../../libs/entitlements/src/catalog/catalog.store.js';
import { CatalogDraftStore } from '../../../libs/entitlements/src/catalog/drafts/catalog-draft.store.js';
import { type KernelNode, startKernelNode } from '../../integration/kernel/kernel-node.js';

/** One process that holds the catalog, and nothing else of entitlements. */
export interface CatalogNode {
  readonly kernel: KernelNode;
  readonly store: CatalogStore;
  readonly catalogs: Catalogs;
  readonly drafts: CatalogDrafts;
  readonly history: CatalogHistory;
  close(): Promise<void>;
}

/** Starts it; several on one database are several processes of one installation. */
export async function startCatalogNode(url: string): Promise<CatalogNode> {
  const kernel = await startKernelNode(url);
  const store = new CatalogStore();
  const { transactions, notifications, freshness } = kernel;
  const clock = kernel.module.get(Clock);
  const publisher = new CatalogPublisher(store, new CatalogUseStore(), clock);
  const catalogs = new Catalogs(store, transactions, notifications, publisher, freshness);
  await catalogs.onModuleInit();
  const draftStore = new CatalogDraftStore();
  const drafts = new CatalogDrafts(draftStore, store, publisher, clock, kernel.module.get(IdGenerator));
  const history = new CatalogHistory(store, draftStore, transactions);
  const close = async (): Promise<void> => {
    catalogs.onApplicationShutdown();
    await kernel.close();
  };
  return { kernel, store, catalogs, drafts, history, close };
}

/** A catalog whose Pro plan exports so many a day. */
export const exporting = (limit: number): CatalogForm =>
  defineCatalog({
    defaultPlan: 'free',
    plans: { free: { name: 'Free', rank: 0 }, pro: { name: 'Pro', rank: 10, graceDays: 7 } },
    features: {
      open: { name: 'Open', kind: 'flag', allowances: { free: true, pro: true } },
      export: { name: 'Export', kind: 'quota', window: 'day', allowances: { pro: limit } },
    },
  });

/** The limit of {@link exporting} in a catalog. */
export const exportLimitIn = (catalog: ReturnType<Catalogs['current']>): bigint | null | undefined =>
  catalog.features.get('export')?.allowances.get('pro')?.limit;
