import { ConflictError } from '@tollgate/kernel';

/** What is to be published was made from a version that is no longer the current one. */
export class CatalogStaleError extends ConflictError {
  constructor(base: number | null, current: number | null) {
    super(
      'catalog_stale',
      `This was based on version ${base ?? 'none'}, but version ${current ?? 'none'} is in force: look at what changed, then base it on that one`,
      { base, current },
    );
  }
}

/** A plan was to go away (or be renamed) that somebody holds; the default plan is held by everybody. */
export class PlanInUseError extends ConflictError {
  constructor(plans: readonly string[]) {
    super('plan_in_use', `Somebody holds ${quoted(plans)}: move them to another plan first`, { plans });
  }
}

/** A feature was to go away (or be renamed) that somebody has by a plan or an override. */
export class FeatureInUseError extends ConflictError {
  constructor(features: readonly string[]) {
    super(
      'feature_in_use',
      `Somebody has ${quoted(features)}: take it out of the plans that are held and end its overrides first`,
      { features },
    );
  }
}

/** What was counted as one kind means nothing as another, so a key keeps its kind and its place of counting. */
export class FeatureKindFixedError extends ConflictError {
  constructor(features: readonly string[]) {
    super(
      'feature_kind_fixed',
      `The kind of ${quoted(features)}, and whether it is counted by owner or organization, cannot change: use a new key`,
      { features },
    );
  }
}

/** There is nothing to publish. */
export class CatalogUnchangedError extends ConflictError {
  constructor(version: number) {
    super('catalog_unchanged', `This says the same as version ${version}, which is in force`, { version });
  }
}

/** Somebody changed the draft since it was read. */
export class DraftChangedError extends ConflictError {
  constructor(revision: number) {
    super('draft_changed', 'Somebody changed this draft since you read it: read it again', { revision });
  }
}

/** The draft was published or discarded. */
export class DraftClosedError extends ConflictError {
  constructor(state: string) {
    super('draft_closed', `This draft was ${state} and does not change any more`, { state });
  }
}

const quoted = (keys: readonly string[]): string => keys.map((key) => `"${key}"`).join(', ');
