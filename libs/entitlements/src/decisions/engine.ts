import type { Principal } from '@tollgate/kernel';
import type { Catalog } from '../catalog/catalog.js';
import type { WarmOwner } from '../memory/warm-owner.js';
import { isRolledOut } from '../rollout/is-rolled-out.js';
import { allowedBy, deniedToNobody, deniedWithin, refusedBy } from './answer.js';
import { CompiledCatalog } from './compiled-catalog.js';
import type { Decision } from './decision.js';
import { type Granting, type Verdict, verdictOf } from './verdict.js';

/** The first two layers of a request, resolved: who calls, and who pays. */
export interface ResolvedCaller {
  readonly principal: Principal | null;
  readonly owner: WarmOwner | null;
  readonly organizationId: string | null;
  readonly userId: string | null;
}

/** What an engine tells its owner. */
export interface EngineOptions {
  /** Where a denied person can buy; null says nothing. */
  readonly upgradeUrl: string | null;
  /** Plans have changed their order: which of several plans an owner holds has to be worked out anew. */
  readonly ranksChanged: () => void;
}

/**
 * The decision of `decide.ts` for remembered owners: one call, from memory, without waiting. Layers one to five; the
 * sixth and seventh need a store. It does not ask whether the owner may be believed: that is the caller's to know.
 */
export class Engine {
  private compiled: CompiledCatalog | null = null;

  constructor(
    private readonly catalogs: { current(): Catalog },
    private readonly options: EngineOptions,
  ) {}

  /** The catalog in force with its verdicts; compiled anew when another version is in force. */
  current(): CompiledCatalog {
    const catalog = this.catalogs.current();
    return this.compiled?.catalog === catalog ? this.compiled : this.compile(catalog);
  }

  /** The place of an owner's rollout bits has gone to another owner. */
  forget(slot: number): void {
    this.compiled?.forget(slot);
  }

  /** Layers one to five. */
  answer(caller: ResolvedCaller, feature: string): Decision {
    const { principal, owner } = caller;
    if (owner === null || principal === null)
      return deniedToNobody(feature, principal === null ? 'unauthenticated' : 'owner_unresolved');
    const compiled = this.current();
    const index = compiled.indexes.get(feature);
    const verdict = this.verdictOf(compiled, owner, feature, index);
    if (!verdict.granted) return refusedBy(verdict, owner.ownerId, this.options.upgradeUrl);
    if (!this.includes(compiled, verdict, caller, owner, index))
      return deniedWithin(verdict, owner.ownerId, 'not_rolled_out');
    return allowedBy(verdict, owner.ownerId);
  }

  /** Layers three and four, for an owner. */
  verdict(owner: WarmOwner, feature: string): Verdict {
    const compiled = this.current();
    return this.verdictOf(compiled, owner, feature, compiled.indexes.get(feature));
  }

  private verdictOf(
    compiled: CompiledCatalog,
    owner: WarmOwner,
    feature: string,
    index: number | undefined,
  ): Verdict {
    const override = owner.overrides === null ? null : (owner.overrides.get(feature) ?? null);
    const verdict = index === undefined ? undefined : compiled.verdictsOf(owner.holding)[index];
    if (verdict !== undefined && override === null) return verdict;
    const catalogs = { current: compiled.catalog, granting: owner.holding.granting ?? compiled.catalog };
    return verdictOf(catalogs, owner.holding.inForce(compiled.catalog), feature, override);
  }

  private includes(
    compiled: CompiledCatalog,
    verdict: Granting,
    { organizationId, userId }: ResolvedCaller,
    owner: WarmOwner,
    index: number | undefined,
  ): boolean {
    if (verdict.rolloutLook === 'none') return true;
    // What an override grants may differ from what the bits were made for.
    if (verdict.rolloutLook === 'owner' && verdict.source !== 'override')
      return index !== undefined && compiled.includes(owner, index);
    const subjects = { ownerId: owner.ownerId, organizationId, userId };
    return isRolledOut(verdict.feature.key, verdict.feature.rollout, subjects, verdict.plan);
  }

  private compile(catalog: Catalog): CompiledCatalog {
    const before = this.compiled;
    this.compiled = new CompiledCatalog(catalog);
    if (before && ranksOf(before.catalog) !== ranksOf(catalog)) this.options.ranksChanged();
    return this.compiled;
  }
}

/** The plans with their order, as one text to compare. */
function ranksOf({ plans, defaultPlan }: Catalog): string {
  const ranks = [...plans.values()].map(({ key, rank }) => [key, rank] as const);
  return JSON.stringify([defaultPlan, ranks.toSorted(([one], [other]) => (one < other ? -1 : 1))]);
}
