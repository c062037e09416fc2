// The front door, room by room: whatever is not listed here is nobody else's business.

export type {
  AllCounted,
  Caller,
  ConsumeOptions,
  HoldOptions,
  KeyOptions,
  Reservation,
  Units,
} from './counting.js';
export { EntitlementsModule } from './entitlements.module.js';
export type { EntitlementsOptions } from './entitlements.options.js';
export { EntitlementsService } from './entitlements.service.js';

export type { AccessContext } from './access/access-context.js';
export { AccessContexts, ORGANIZATION_HEADER } from './access/access-contexts.service.js';
export { CurrentAccess, CurrentPrincipal } from './access/access-parameters.decorator.js';
export {
  CapacityNotTakenError,
  GateMisdeclaredError,
  OrganizationMismatchError,
} from './access/access.errors.js';
export { BilledTo, type BillingRule } from './access/billed-to.decorator.js';
export {
  type BillingAccount,
  BillingOwnerResolver,
  type BillingSubject,
  type KnownAccount,
  OwnerFactsReader,
} from './access/billing-owner-resolver.js';
export { type BillingPlace, type BillingRoute, type NamedPlace } from './access/billing-rules.js';
export { Callers } from './access/callers.service.js';
export type { OwnedAccess } from './access/owned-access.js';
export { ResourceOwnerLookup, type ResourceOwnership } from './access/resource-ownership.js';

export type { Assignment, AssignmentSource, LapsedWord } from './assignments/assignment.js';
export { Assignments, type DesiredAssignment } from './assignments/assignments.service.js';
export { planInForce, type PlanInForce } from './assignments/plan-in-force.js';

export { CatalogHistory, type DraftDifference } from './catalog/catalog-history.service.js';
export { CatalogPublisher, type Publication, type Published } from './catalog/catalog-publisher.service.js';
export type {
  Allowance,
  Catalog,
  CatalogVersion,
  ChargeOn,
  FailPolicy,
  Feature,
  FeatureKind,
  Plan,
  Rollout,
} from './catalog/catalog.js';
export { CatalogModule } from './catalog/catalog.module.js';
export { Catalogs } from './catalog/catalogs.service.js';
export { type CatalogForm, defineCatalog, type DefinedCatalog } from './catalog/define-catalog.js';
export { type CatalogChange, diffCatalogs } from './catalog/diff-catalogs.js';
export { CatalogDrafts, type DraftEdit } from './catalog/drafts/catalog-drafts.service.js';
export { type CatalogDraft, type DraftState } from './catalog/drafts/draft.js';
export { formOfCatalog } from './catalog/form-of-catalog.js';
export { pinnedFeature } from './catalog/pinned-feature.js';
export { readCatalogForm } from './catalog/read-catalog-form.js';
// Whole, because a name that is exported singly cannot be merged into from outside.
export type * from './catalog/registered-catalog.js';

export { deniedToNobody } from './decisions/answer.js';
export type { AskedFor, DecisionEntry, DecisionListener, NotedCaller } from './decisions/decision-entry.js';
export { traceOf } from './decisions/decision-trace.js';
export type { Allowed, Decision, Denied, DenialReason } from './decisions/decision.js';
export { denialMessage } from './decisions/denial-message.js';
export { denialStatus } from './decisions/denial-status.js';
export type { Layer, LayerOutcome } from './decisions/layer.js';
export type { OwnerFacts } from './decisions/owner-facts.js';
export { unavailable } from './decisions/stale-answer.js';
export type { UsagePreview } from './decisions/usage-preview.js';

export { Consumes, type ConsumesOptions, DuplicateRequestError } from './doors/consumes.decorator.js';
export { CurrentDecision } from './doors/current-decision.decorator.js';
export { DoorPass } from './doors/door-pass.js';
export { RequiresFeature } from './doors/requires-feature.decorator.js';
export { RequiresOwner } from './doors/requires-owner.decorator.js';
export { Claim, WithinCapacity } from './doors/within-capacity.decorator.js';
export { WithinCeiling, type SizeOf } from './doors/within-ceiling.decorator.js';

export { AccessDeniedException } from './gates/access-denied.exception.js';
export { CapacityClaim } from './gates/capacity-claim.js';
export { CapacityReturns } from './gates/capacity-returns.service.js';
export type { CheckOptions } from './gates/checks.service.js';
export { DecisionLog } from './gates/decision-log.service.js';
export { denialBody, type DenialBodyOptions, type Refusal } from './gates/denial-body.js';
export { ratesBehind } from './gates/told-rates.js';

export type { Override, OverrideValue } from './overrides/override.js';
export { type NewOverride, Overrides } from './overrides/overrides.service.js';

export { rateLimitHeaders, type RateLimitHeaders, type ServiceLimit } from './rates/rate-limit-headers.js';
export { type CountedRate, type RateState, RateStore, type RateVerdict } from './rates/rate-store.js';

export { EntitlementsCatalog1764000200000 } from './migrations/1764000200000-entitlements-catalog.js';
export { EntitlementsRates1764000210000 } from './migrations/1764000210000-entitlements-rates.js';
export { EntitlementsOverrides1764000220000 } from './migrations/1764000220000-entitlements-overrides.js';
export { EntitlementsAnchors1764000230000 } from './migrations/1764000230000-entitlements-anchors.js';
export { EntitlementsCatalogPolicies1764000240000 } from './migrations/1764000240000-entitlements-catalog-policies.js';
export { EntitlementsCatalogVersions1764000241000 } from './migrations/1764000241000-entitlements-catalog-versions.js';
