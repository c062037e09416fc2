import type Stripe from 'stripe';
import { z } from 'zod';
import { prefixed } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { missing } from './stripe-errors.js';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const proration = z.enum(['create_prorations', 'always_invoice', 'none']);

/** `POST /v1/billing_portal/configurations`; what is left out is off. */
export const configurationSchema = z.looseObject({
  default_return_url: z.string().optional(),
  name: z.string().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  active: flag.optional(),
  features: z
    .looseObject({
      invoice_history: z.looseObject({ enabled: flag }).optional(),
      payment_method_update: z.looseObject({ enabled: flag }).optional(),
      subscription_cancel: z
        .looseObject({
          enabled: flag,
          mode: z.enum(['at_period_end', 'immediately']).optional(),
          proration_behavior: proration.optional(),
        })
        .optional(),
      subscription_update: z
        .looseObject({
          enabled: flag,
          default_allowed_updates: z.array(z.enum(['price', 'quantity', 'promotion_code'])).optional(),
          products: z.array(z.looseObject({ product: z.string(), prices: z.array(z.string()) })).optional(),
          proration_behavior: proration.optional(),
        })
        .optional(),
    })
    .optional(),
  expand: z.array(z.string()).optional(),
});

type Input = z.infer<typeof configurationSchema>;

/** What the dashboard saves when nobody made a configuration: cancel at period end, change the plan, not the seats. */
export function ensureDefaultConfiguration(world: World): void {
  const { portalConfigurations } = world.state.stripe;
  if (Object.keys(portalConfigurations).length > 0) return;
  const made = newConfiguration(world, {
    features: {
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: { enabled: true, mode: 'at_period_end' },
      subscription_update: { enabled: true, default_allowed_updates: ['price'] },
    },
  });
  const one = { ...made, id: 'bpc_sandbox_default', is_default: true };
  portalConfigurations[one.id] = one;
}

/** Keeps a new configuration. */
export function createConfiguration(world: World, input: Input): Stripe.BillingPortal.Configuration {
  const configuration = newConfiguration(world, input);
  world.state.stripe.portalConfigurations[configuration.id] = configuration;
  return configuration;
}

/** Sets what is given, feature by feature. @throws StripeApiError 404. */
export function updateConfiguration(
  world: World,
  id: string,
  input: Input,
): Stripe.BillingPortal.Configuration {
  const before = portalConfiguration(world, id);
  const after = newConfiguration(world, input);
  if (input.active !== undefined) before.active = input.active;
  if (input.default_return_url !== undefined) before.default_return_url = after.default_return_url;
  if (input.metadata !== undefined) before.metadata = after.metadata;
  for (const name of Object.keys(input.features ?? {})) {
    const key = name as keyof typeof after.features;
    if (key in after.features) Object.assign(before.features, { [key]: after.features[key] });
  }
  before.updated = world.clock.seconds();
  return before;
}

/** @throws StripeApiError 404. */
export function portalConfiguration(world: World, id: string): Stripe.BillingPortal.Configuration {
  const configuration = lookup(world.state.stripe.portalConfigurations, id);
  if (configuration === undefined) throw missing('billing_portal.configuration', id, 'configuration');
  return configuration;
}

function newConfiguration(world: World, input: Input): Stripe.BillingPortal.Configuration {
  const now = world.clock.seconds();
  const { features = {} } = input;
  return {
    id: prefixed('bpc'),
    object: 'billing_portal.configuration',
    active: input.active ?? true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: now,
    default_return_url: input.default_return_url || null,
    features: {
      customer_update: { allowed_updates: [], enabled: false },
      invoice_history: { enabled: features.invoice_history?.enabled ?? false },
      payment_method_update: {
        enabled: features.payment_method_update?.enabled ?? false,
        payment_method_configuration: null,
      },
      subscription_cancel: cancelFeature(features.subscription_cancel),
      subscription_pause: { duration: { interval_options: [], type: 'indefinite' }, enabled: false },
      subscription_update: updateFeature(features.subscription_update),
    },
    is_default: false,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: input.metadata ?? {},
    name: input.name ?? null,
    updated: now,
  };
}

type Features = NonNullable<Input['features']>;

function cancelFeature(
  input: Features['subscription_cancel'],
): Stripe.BillingPortal.Configuration.Features['subscription_cancel'] {
  return {
    cancellation_reason: { enabled: false, feedback_options: null, options: [] },
    enabled: input?.enabled ?? false,
    mode: input?.mode ?? 'at_period_end',
    proration_behavior: input?.proration_behavior ?? 'none',
  };
}

function updateFeature(
  input: Features['subscription_update'],
): Stripe.BillingPortal.Configuration.Features['subscription_update'] {
  return {
    billing_cycle_anchor: null,
    default_allowed_updates: input?.default_allowed_updates ?? [],
    enabled: input?.enabled ?? false,
    products: (input?.products ?? []).map(({ product, prices }) => ({
      product,
      prices,
      adjustable_quantity: { enabled: false, maximum: null, minimum: 1 },
    })),
    proration_behavior: input?.proration_behavior ?? 'none',
    schedule_at_period_end: { conditions: [] },
    trial_update_behavior: 'continue_trial',
  };
}
