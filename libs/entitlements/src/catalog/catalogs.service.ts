import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  Clock,
  errorLine,
  MISSED,
  Notifications,
  notify,
  type Transaction,
  TransactionRunner,
  UnavailableError,
} from '@tollgate/kernel';
import type { Catalog } from './catalog.js';
import { CatalogStore } from './catalog.store.js';
import type { CatalogForm } from './define-catalog.js';
import { readCatalogForm } from './read-catalog-form.js';

const PUBLISHED = 'catalog:';

/** The catalog in force, whole in memory and kept fresh by notification. */
@Injectable()
export class Catalogs implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Catalogs.name);
  private inForce: Catalog | null = null;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly store: CatalogStore,
    private readonly transactions: TransactionRunner,
    private readonly notifications: Notifications,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.stopListening = this.notifications.listen((payload) => {
      if (payload.startsWith(PUBLISHED) || payload === MISSED) this.refreshLater();
    });
  }

  onApplicationShutdown(): void {
    this.stopListening();
  }

  /**
   * The catalog in force.
   *
   * @throws UnavailableError while nothing was ever published
   */
  current(): Catalog {
    if (!this.inForce) throw new UnavailableError('catalog_missing', 'No catalog has been published yet');
    return this.inForce;
  }

  /** Publishes a new version; other processes take it over by notification. */
  async publish(form: CatalogForm, by: { author: string; reason: string }): Promise<Catalog> {
    const catalog = await this.transactions.run(async (tx) => this.publishIn(tx, form, by));
    this.inForce = catalog;
    return catalog;
  }

  /** Publishes the first version if there is none yet, whoever else tries the same; answers whether it did. */
  async seed(form: CatalogForm, by: { author: string; reason: string }): Promise<boolean> {
    const seeded = await this.transactions.run(async (tx) => {
      await tx.query('lock table catalog_version in exclusive mode');
      if ((await this.store.newestVersion(tx)) !== null) return false;
      await this.publishIn(tx, form, by);
      return true;
    });
    await this.refresh();
    return seeded;
  }

  /** Publishes within a transaction of the caller; the version counts from its commit. */
  async publishIn(
    tx: Transaction,
    form: CatalogForm,
    by: { author: string; reason: string },
  ): Promise<Catalog> {
    await tx.query('lock table catalog_version in exclusive mode');
    const version = ((await this.store.newestVersion(tx)) ?? 0) + 1;
    const catalog = readCatalogForm(form, version);
    await this.store.insert(tx, catalog, { ...by, at: this.clock.now() });
    await notify(tx, `${PUBLISHED}${version}`);
    return catalog;
  }

  /** Reads the newest version, unless it is the one in memory. */
  async refresh(): Promise<void> {
    const version = await this.store.newestVersion(this.transactions.reader);
    if (version !== null && version !== this.inForce?.version) {
      this.inForce = await this.store.read(this.transactions.reader, version);
    }
  }

  /** A refresh that fails is made up for by the next one; until then the version in memory goes on. */
  private refreshLater(): void {
    this.refresh().catch((error: unknown) =>
      this.logger.warn(`cannot read the catalog: ${errorLine(error)}`),
    );
  }
}
