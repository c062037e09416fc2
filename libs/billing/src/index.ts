export { BillingOwnerModule } from './billing-owner/billing-owner.module.js';
export { BillingOwners } from './billing-owner/billing-owners.service.js';
export { TenantBillingOwnerResolver } from './billing-owner/tenant-billing-owner-resolver.js';
export { type UserContact, UserDirectory } from './billing-owner/user-directory.js';
export { BillingModule } from './billing.module.js';
export type { BillingOptions } from './billing.options.js';
export type { CheckoutPage } from './checkout/checkout-pages.service.js';
export { CheckoutModule } from './checkout/checkout.module.js';
export { Checkouts } from './checkout/checkouts.service.js';
export { Portal } from './checkout/portal.service.js';
export type { CheckoutRequest } from './checkout/sellable.service.js';
export { type GivenPlan, GivenPlans } from './given-plans/given-plans.service.js';
export { BillingOwnersAndSubscriptions1764000400000 } from './migrations/1764000400000-billing-owners-and-subscriptions.js';
export { BillingOwnerOfOverrides1764000410000 } from './migrations/1764000410000-billing-owner-of-overrides.js';
export { MEMBERSHIP_ROLES, type MembershipRole, type MembershipState } from './organizations/membership.js';
export {
  type OrganizationOfMember,
  type OrganizationOfOwner,
  Organizations,
} from './organizations/organizations.service.js';
export { type MappedPrice, PriceMap } from './plan-detection/price-map.store.js';
export {
  type BillingInterval,
  PaymentProvider,
  type ProviderName,
  type VerifiedEvent,
  type WebhookHeaders,
} from './providers/payment-provider.js';
export {
  ProviderRefusedError,
  ProviderUnavailableError,
  SignatureRefusedError,
  UnreadableEventError,
} from './providers/provider.errors.js';
export { PolarProvider } from './providers/polar/polar.provider.js';
export { ProviderRegistry } from './providers/provider-registry.js';
export {
  type ProviderSubscription,
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
} from './providers/provider-subscription.js';
export { StripeProvider } from './providers/stripe/stripe.provider.js';
export { SeatsModule } from './seats/seats.module.js';
export { Seats } from './seats/seats.service.js';
export type { Subscription } from './subscriptions/subscription.js';
export { SubscriptionsStore } from './subscriptions/subscriptions.store.js';
export { Inbox } from './subscription-sync/inbox.service.js';
export { SubscriptionSyncModule } from './subscription-sync/subscription-sync.module.js';
export { TenantsModule } from './tenants/tenants.module.js';
export { type Tenant, type TenantFilter, Tenants } from './tenants/tenants.service.js';
