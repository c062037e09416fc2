import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  errorLine,
  Freshness,
  MISSED,
  Notifications,
  NotFoundError,
  realNow,
  TransactionRunner,
  UnavailableError,
} from '@tollgate/kernel';
import { CatalogPublisher, type Publication, PUBLISHED } from './catalog-publisher.service.js';
import type { Catalog } from './catalog.js';
import { CatalogStore } from './catalog.store.js';
import type { CatalogForm } from './define-catalog.js';
import { PersistentRefresh } from './persistent-refresh.js';
import { VersionMemory } from './version-memory.js';

/** A look at the database that no notification asked for, in real milliseconds. */
const BACKSTOP_MS = 60_000;

/** So long (real milliseconds) somebody waits at most for a look at the database. */
const CONFIRM_WITHIN_MS = 1_000;

/** So many versions stay in memory for the assignments that are pinned to them. */
const MOST_VERSIONS = 32;

/**
 * The catalog in force, whole in memory and kept fresh by notification; and older versions, for who is pinned to one.
 *
 * **Invariant**: while {@link isCurrent} holds, it is the newest that was published up to the last heartbeat. A version is
 * told of by the transaction that publishes it; one that was told while nobody listened is found by the look at the
 * database that every new connection needs.
 */
@Injectable()
export class Catalogs implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Catalogs.name);
  private readonly versions = new VersionMemory((version) => this.read(version), MOST_VERSIONS);
  private inForce: Catalog | null = null;
  private takeovers = 0;
  private newestHeardOf = 0;
  /** The epoch of `Freshness` in which the newest version was looked for last, and the real instant (ms) of that look. */
  private lookedIn = -1;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private look: Promise<'looked'> | null = null;
  private stop: () => void = () => undefined;

  constructor(
    private readonly store: CatalogStore,
    private readonly transactions: TransactionRunner,
    private readonly notifications: Notifications,
    private readonly publisher: CatalogPublisher,
    private readonly freshness: Freshness,
  ) {}

  async onModuleInit(): Promise<void> {
    const refresh = new PersistentRefresh({
      refresh: () => this.refresh(),
      failed: (error) => this.logger.warn(`cannot read the catalog: ${errorLine(error)}`),
      everyMs: BACKSTOP_MS,
    });
    const stopListening = this.notifications.listen((payload) => {
      if (payload.startsWith(PUBLISHED)) this.hear(Number(payload.slice(PUBLISHED.length)));
      if (payload.startsWith(PUBLISHED) || payload === MISSED) refresh.ask();
    });
    this.stop = () => {
      stopListening();
      refresh.stop();
    };
    await this.refresh();
  }

  onApplicationShutdown(): void {
    this.stop();
  }

  /** Grows with every version that this process takes over; what was derived from the catalog under a smaller one is old. */
  get epoch(): number {
    return this.takeovers;
  }

  /** Whether this process has heard of a newer version than the one it could read so far. */
  get isBehind(): boolean {
    return this.newestHeardOf > (this.inForce?.version ?? 0);
  }

  /** Whether it may be decided by, as far as the last heartbeat can tell. */
  get isCurrent(): boolean {
    return this.lookedIn === this.freshness.epoch && !this.isBehind;
  }

  /** The same, after looking at the database if need be: at most a second, all who ask together. */
  async confirm(): Promise<boolean> {
    if (this.isCurrent) return true;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), CONFIRM_WITHIN_MS);
    });
    try {
      let outcome: 'late' | 'looked' = 'looked';
      // A look that was under way already may have come too early to see what was heard of since.
      while (!this.isCurrent && outcome === 'looked') outcome = await Promise.race([this.joinLook(), late]);
    } catch (error) {
      this.logger.debug(errorLine(error));
    } finally {
      clearTimeout(timer);
    }
    return this.isCurrent;
  }

  /** Real instant (ms) up to which no newer version is known to have been missed. */
  get knownUntil(): number {
    return this.lookedIn === this.freshness.epoch
      ? Math.max(this.lookedAt, this.freshness.confirmedAt)
      : this.lookedAt;
  }

  /** The catalog in force; null while nothing was ever published. */
  get inForceOrNull(): Catalog | null {
    return this.inForce;
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

  /**
   * A version by its number, from memory where possible; the numbers of assignments' pins.
   *
   * @throws NotFoundError when there never was such a version
   */
  async version(version: number): Promise<Catalog> {
    return this.inMemory(version) ?? this.versions.load(version);
  }

  /** A version by its number, if it is in memory: it is after {@link version} answered, until 31 others were used. */
  inMemory(version: number): Catalog | undefined {
    return version === this.inForce?.version ? this.inForce : this.versions.get(version);
  }

  /**
   * Publishes a new version; other processes take it over by notification.
   *
   * @throws what {@link CatalogPublisher.publish} throws
   */
  async publish(form: CatalogForm, by: Publication): Promise<Catalog> {
    const { catalog } = await this.transactions.run(async (tx) => this.publisher.publish(tx, form, by));
    this.takeOver(catalog);
    return catalog;
  }

  /** Publishes the first version if there is none yet, whoever else tries the same; answers whether it did. */
  async seed(form: CatalogForm, by: Publication): Promise<boolean> {
    const first = await this.transactions.run(async (tx) => this.publisher.publishFirst(tx, form, by));
    await this.refresh();
    return first !== null;
  }

  /** Reads the newest version, unless it is the one in memory. */
  async refresh(): Promise<void> {
    const { epoch } = this.freshness;
    const real = realNow();
    const heardOf = this.newestHeardOf;
    const version = await this.store.newestVersion(this.transactions.reader);
    // What is not there was never published, whoever told of it.
    if (this.newestHeardOf === heardOf) this.newestHeardOf = version ?? 0;
    if (version !== null && version !== this.inForce?.version) this.takeOver(await this.read(version));
    this.lookedIn = Math.max(this.lookedIn, epoch);
    this.lookedAt = Math.max(this.lookedAt, real);
  }

  private joinLook(): Promise<'looked'> {
    this.look ??= this.refresh()
      .then(() => 'looked' as const)
      .finally(() => {
        this.look = null;
      });
    return this.look;
  }

  /** A slow reader never puts an older version back. */
  private takeOver(catalog: Catalog): void {
    if (catalog.version <= (this.inForce?.version ?? 0)) return;
    if (this.inForce) this.versions.put(this.inForce);
    this.inForce = catalog;
    this.takeovers++;
  }

  private hear(version: number): void {
    this.newestHeardOf = Math.max(this.newestHeardOf, version || 0);
  }

  private async read(version: number): Promise<Catalog> {
    const catalog = await this.store.read(this.transactions.reader, version);
    if (!catalog) throw new NotFoundError('Catalog version');
    return catalog;
  }
}
