import { Injectable } from '@nestjs/common';
import { Clock, notify, type Transaction } from '@tollgate/kernel';
import { CatalogUseStore } from './catalog-use.store.js';
import {
  CatalogStaleError,
  CatalogUnchangedError,
  FeatureInUseError,
  FeatureKindFixedError,
  PlanInUseError,
} from './catalog.errors.js';
import type { Catalog } from './catalog.js';
import { CatalogStore } from './catalog.store.js';
import type { CatalogForm } from './define-catalog.js';
import { type CatalogChange, diffCatalogs } from './diff-catalogs.js';
import { readCatalogForm } from './read-catalog-form.js';

/** What a version's notification begins with; its number follows. */
export const PUBLISHED = 'catalog:';

/** Who publishes, why, and on which base. */
export interface Publication {
  /** E.g. `staff:<id>`. */
  readonly author: string;
  readonly reason: string;
  /** The version that this was made from; given, it must be the current one, and something must have changed. */
  readonly base?: number | null;
}

/** A version that was just made, and in what it differs from the one before. */
export interface Published {
  readonly catalog: Catalog;
  readonly changes: readonly CatalogChange[];
}

/** Makes new versions, one at a time. What it does takes as long for a million owners as for none. */
@Injectable()
export class CatalogPublisher {
  constructor(
    private readonly store: CatalogStore,
    private readonly uses: CatalogUseStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes within a transaction of the caller; the version counts from its commit.
   *
   * @throws InvalidRequestError `catalog_invalid`
   * @throws CatalogStaleError, CatalogUnchangedError against the base, if one is given
   * @throws PlanInUseError, FeatureInUseError, FeatureKindFixedError
   */
  async publish(
    tx: Transaction,
    form: CatalogForm,
    { author, reason, base }: Publication,
  ): Promise<Published> {
    await this.store.lock(tx);
    const newest = await this.store.newestVersion(tx);
    if (base !== undefined && base !== newest) throw new CatalogStaleError(base, newest);
    const catalog = readCatalogForm(form, (newest ?? 0) + 1);
    const current = newest === null ? null : await this.store.read(tx, newest);
    const changes = diffCatalogs(current, catalog);
    if (current && base !== undefined && changes.length === 0)
      throw new CatalogUnchangedError(current.version);
    if (current) await this.refuseLosses(tx, current, catalog);
    await this.store.insert(tx, catalog, { author, reason, at: this.clock.now() });
    await notify(tx, `${PUBLISHED}${catalog.version}`);
    return { catalog, changes };
  }

  /** Publishes the first version, unless there is one already; null then. */
  async publishFirst(tx: Transaction, form: CatalogForm, by: Publication): Promise<Published | null> {
    await this.store.lock(tx);
    if ((await this.store.newestVersion(tx)) !== null) return null;
    return this.publish(tx, form, by);
  }

  /** Nothing that somebody has goes away, or turns into something else, by a new version alone. */
  private async refuseLosses(tx: Transaction, current: Catalog, next: Catalog): Promise<void> {
    const changed = changedKinds(current, next);
    if (changed.length > 0) throw new FeatureKindFixedError(changed);
    const at = this.clock.now();
    const plans = missingIn(next.plans, current.plans);
    const held = plans.length > 0 ? await this.uses.heldPlans(tx, current.version, plans, at) : [];
    if (held.length > 0) throw new PlanInUseError(held);
    const features = missingIn(next.features, current.features);
    const used = features.length > 0 ? await this.uses.usedFeatures(tx, current.version, features, at) : [];
    if (used.length > 0) throw new FeatureInUseError(used);
  }
}

const missingIn = (next: ReadonlyMap<string, unknown>, current: ReadonlyMap<string, unknown>): string[] =>
  [...current.keys()].filter((key) => !next.has(key));

function changedKinds(current: Catalog, next: Catalog): string[] {
  return [...current.features.values()].flatMap(({ key, kind, countedBy }) => {
    const feature = next.features.get(key);
    return feature && (feature.kind !== kind || feature.countedBy !== countedBy) ? [key] : [];
  });
}
