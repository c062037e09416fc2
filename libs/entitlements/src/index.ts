export { AccessContexts, ORGANIZATION_HEADER } from './access/access-contexts.service.js';
export type { AccessContext } from './access/access-context.js';
export { AccessDeniedException } from './access/access-denied.exception.js';
export { CurrentAccess, CurrentPrincipal, type OwnedAccess } from './access/access-parameters.decorator.js';
export { RequiresOwner } from './access/requires-owner.decorator.js';
export {
  CapacityNotTakenError,
  GateMisdeclaredError,
  OrganizationMismatchError,
  OwnerUnresolvedError,
} from './access/access.errors.js';
export { BilledTo, type BillingRule } from './access/billed-to.decorator.js';
export {
  type BillingOwnership,
  BillingOwnerResolver,
  type BillingPlace,
} from './access/billing-owner-resolver.js';
export { CapacityClaim } from './access/capacity-claim.js';
export { CapacityReturns } from './access/capacity-returns.service.js';
export { denialBody, type DenialBodyOptions, type Refusal } from './access/denial-body.js';
export { denialMessage } from './decisions/denial-message.js';
export { RequiresFeature } from './access/requires-feature.decorator.js';
export { ResourceOwnerLookup, type ResourceOwnership } from './access/resource-ownership.js';
export { Claim, WithinCapacity } from './access/within-capacity.decorator.js';
export type { Assignment, AssignmentSource, LapsedWord } from './assignments/assignment.js';
export { Assignments, type DesiredAssignment } from './assignments/assignments.service.js';
export { planInForce, type PlanInForce } from './assignments/plan-in-force.js';
export type { Allowance, Catalog, Feature, FeatureKind, Plan, Rollout } from './catalog/catalog.js';
export { Catalogs } from './catalog/catalogs.service.js';
export { type CatalogForm, defineCatalog } from './catalog/define-catalog.js';
export type { Allowed, Decision, Denied, DenialReason } from './decisions/decision.js';
export { EntitlementsModule } from './entitlements.module.js';
export type { EntitlementsOptions } from './entitlements.options.js';
export { type Caller, EntitlementsService } from './entitlements.service.js';
export { EntitlementsCatalog1764000200000 } from './migrations/1764000200000-entitlements-catalog.js';
export { EntitlementsOverrides1764000220000 } from './migrations/1764000220000-entitlements-overrides.js';
export type { Override, OverrideValue } from './overrides/override.js';
export { type NewOverride, Overrides } from './overrides/overrides.service.js';
export type { Layer, LayerOutcome } from './decisions/layer.js';
export { EntitlementsRates1764000210000 } from './migrations/1764000210000-entitlements-rates.js';
export { type CountedRate, type RateState, RateStore, type RateVerdict } from './rates/rate-store.js';
export type { UsagePreview } from './decisions/usage-preview.js';
