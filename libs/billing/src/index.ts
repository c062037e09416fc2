// The front door, room by room: whatever is not listed here is nobody else's business.

export { BillingModule } from './billing.module.js';
export type { BillingOptions } from './billing.options.js';

export { type Alert, type AlertFilter, type AlertKind, Alerts } from './alerts/alerts.service.js';

export { BillingOwnerModule } from './billing-owner/billing-owner.module.js';
export { BillingOwners } from './billing-owner/billing-owners.service.js';
export { TenantBillingOwnerResolver } from './billing-owner/tenant-billing-owner-resolver.js';
export { type UserContact, UserDirectory } from './billing-owner/user-directory.js';

export type { CheckoutPage } from './checkout/checkout-pages.service.js';
export { CheckoutModule } from './checkout/checkout.module.js';
export { Checkouts } from './checkout/checkouts.service.js';
export { DirectSubscriptions } from './checkout/direct-subscriptions.service.js';
export { Portal } from './checkout/portal.service.js';
export type { CheckoutRequest } from './checkout/sellable.service.js';

export { type GivenPlan, GivenPlans } from './given-plans/given-plans.service.js';

export { MEMBERSHIP_ROLES, type MembershipRole, type MembershipState } from './organizations/membership.js';
export {
  type OrganizationOfMember,
  type OrganizationOfOwner,
  Organizations,
} from './organizations/organizations.service.js';

export { type PreviewedChange, ChangePreviews } from './plan-changes/change-previews.service.js';
export { DuePlanChanges } from './plan-changes/due-plan-changes.service.js';
export type { PendingChangeView } from './plan-changes/pending-change-view.js';
export { PendingChanges } from './plan-changes/pending-changes.service.js';
export type { ChangeRequest, PlannedChange } from './plan-changes/plan-change-planner.service.js';
export { PlanChangesModule } from './plan-changes/plan-changes.module.js';
export { type AcceptedChange, PlanChanges } from './plan-changes/plan-changes.service.js';
export { type Pause, SubscriptionLife } from './plan-changes/subscription-life.service.js';

export { type MappedPrice, PriceMap } from './plan-detection/price-map.store.js';
export { PriceMappingsModule } from './plan-detection/price-mappings.module.js';
export { type NewPriceMapping, PriceMappings } from './plan-detection/price-mappings.service.js';

export { LIST_PRICES, type ListPrice } from './pricing/list-prices.js';
export { PriceLists } from './pricing/price-lists.service.js';
export type { ShownFeature, ShownPlan, ShownPrice } from './pricing/pricing-page.js';
export { PricingModule } from './pricing/pricing.module.js';
export { Pricing, type PricingPage } from './pricing/pricing.service.js';

export type { CommandCall, CommandVerb } from './provider-commands/command-call.js';
export type { CommandState, ProviderCommand } from './provider-commands/provider-command.js';
export { ProviderCommandsModule } from './provider-commands/provider-commands.module.js';
export {
  type Author,
  type CommandWish,
  ProviderCommands,
} from './provider-commands/provider-commands.service.js';
export { ProviderCommandsStore } from './provider-commands/provider-commands.store.js';

export {
  type BillingInterval,
  PaymentProvider,
  type ProviderName,
  type VerifiedEvent,
  type WebhookHeaders,
} from './providers/payment-provider.js';
export { PolarProvider } from './providers/polar/polar.provider.js';
export type { ProviderCapabilities } from './providers/provider-capabilities.js';
export type { CatalogForm, ProviderPrice, PushedPrice } from './providers/provider-catalog.js';
export type {
  ChangePreview,
  PlanChange,
  PreviewWish,
  Proration,
  SeatChange,
} from './providers/provider-changes.js';
export type { DiagnosisInput, DiagnosisStep } from './providers/provider-diagnosis.js';
export type { CallLimits } from './providers/provider-gate.js';
export { ProviderRegistry } from './providers/provider-registry.js';
export {
  type Money,
  type ProviderSubscription,
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
} from './providers/provider-subscription.js';
export type { UsageReceipt, UsageReport } from './providers/provider-usage.js';
export {
  CheckoutRequiredError,
  NotDigitalError,
  ProviderRefusedError,
  ProviderUnavailableError,
  SignatureRefusedError,
  UnreadableEventError,
} from './providers/provider.errors.js';
export { StripeProvider } from './providers/stripe/stripe.provider.js';

export { CustomerLinks } from './reconcile/customer-links.service.js';
export { ReconcileModule } from './reconcile/reconcile.module.js';
export { Reconcile } from './reconcile/reconcile.service.js';
export { type FoundDifference, type ReconcileRun, ReconcileStore } from './reconcile/reconcile.store.js';

export { SeatsModule } from './seats/seats.module.js';
export { Seats } from './seats/seats.service.js';

export { Inbox } from './subscription-sync/inbox.service.js';
export { type MoneyBackRecord, MoneyBackStore } from './subscription-sync/money-back.store.js';
export { Quarantine } from './subscription-sync/quarantine.service.js';
export { SubscriptionSyncModule } from './subscription-sync/subscription-sync.module.js';

export type { Subscription } from './subscriptions/subscription.js';
export { SubscriptionsStore } from './subscriptions/subscriptions.store.js';

export { TenantsModule } from './tenants/tenants.module.js';
export { type Tenant, type TenantFilter, Tenants } from './tenants/tenants.service.js';

export { ReportUsage } from './usage-reporting/report-usage.service.js';

export { BillingOwnersAndSubscriptions1764000400000 } from './migrations/1764000400000-billing-owners-and-subscriptions.js';
export { BillingOwnerOfOverrides1764000410000 } from './migrations/1764000410000-billing-owner-of-overrides.js';
export { UsageOfOwners1764000411000 } from './migrations/1764000411000-usage-of-owners.js';
export { BillingSelling1764000420000 } from './migrations/1764000420000-selling.js';
export { BillingUsageReports1764000430000 } from './migrations/1764000430000-usage-reports.js';
export { BillingScheduledPauses1764000440000 } from './migrations/1764000440000-scheduled-pauses.js';
export { BillingAnchors1764000450000 } from './migrations/1764000450000-billing-anchors.js';
export { BillingWebhookWatch1764000460000 } from './migrations/1764000460000-webhook-watch.js';
