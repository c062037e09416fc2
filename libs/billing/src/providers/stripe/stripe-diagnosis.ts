import type Stripe from 'stripe';
import {
  lookAtClock,
  lookAtEndpoints,
  lookAtPrices,
  takeSteps,
  unwell,
  well,
  type ToldEndpoint,
} from '../diagnosis.js';
import { isDigitalTaxCode } from '../digital-goods.js';
import type { ProviderCalls } from '../provider-call.js';
import type { DiagnosisInput, DiagnosisStep } from '../provider-diagnosis.js';
import { ProviderUnavailableError } from '../provider.errors.js';
import { asList, asText, at } from '../tolerant-reader.js';
import type { StripeCatalog } from './stripe-catalog.js';
import { walkStripePages } from './stripe-listing.js';

/** Without these a change of access would be missed until reconcile. */
const NEEDED_EVENTS = [
  'checkout.session.completed',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'invoice.paid',
  'invoice.payment_failed',
] as const;

/** What the steps at Stripe need. */
export interface StripeInstallation {
  readonly stripe: Stripe;
  readonly calls: ProviderCalls;
  readonly catalog: StripeCatalog;
  readonly origin: string;
  readonly apiVersion: string;
  readonly managedPayments: boolean;
}

/** Looks at an installation at Stripe. */
export async function diagnoseStripe(
  at_: StripeInstallation,
  input: DiagnosisInput,
): Promise<readonly DiagnosisStep[]> {
  return takeSteps([
    { subject: 'credentials', look: async () => lookAtKey(at_) },
    { subject: 'clock', look: async () => lookAtClock(at_.origin) },
    {
      subject: 'products',
      look: async () =>
        lookAtPrices(input.priceRefs, new Set((await at_.catalog.list()).map((one) => one.priceRef))),
    },
    { subject: 'tax_codes', look: async () => lookAtTaxCodes(at_, input) },
    { subject: 'portal', look: async () => lookAtPortal(at_) },
    {
      subject: 'webhook_endpoint',
      look: async () =>
        lookAtEndpoints(await toldEndpoints(at_), {
          url: input.webhookUrl,
          apiVersion: at_.apiVersion,
          events: NEEDED_EVENTS,
        }),
    },
  ]);
}

async function lookAtKey({ stripe, calls }: StripeInstallation): Promise<DiagnosisStep> {
  await calls.repeatably(async (timeout) => {
    const page = await stripe.products.list({ limit: 1 }, { timeout });
    if (!Array.isArray(at(page, 'data'))) throw new ProviderUnavailableError('stripe');
  });
  return well('credentials', 'the secret key is accepted');
}

/** Managed Payments refuse a checkout of a product without the code; without them it is the merchant's own matter. */
async function lookAtTaxCodes(
  { catalog, managedPayments }: StripeInstallation,
  { priceRefs }: DiagnosisInput,
): Promise<DiagnosisStep> {
  const mapped = (await catalog.list()).filter(({ priceRef }) => priceRefs.includes(priceRef));
  const without = mapped
    .filter(({ taxCode }) => !isDigitalTaxCode(taxCode))
    .map(({ productId }) => productId);
  if (without.length === 0) return well('tax_codes', `${mapped.length} mapped prices have digital tax codes`);
  const finding = `no digital tax code: ${[...new Set(without)].join(', ')}`;
  const remedy = 'Run npm run provider:setup, or set the code on the product';
  return unwell('tax_codes', managedPayments ? 'fail' : 'warn', finding, remedy);
}

async function lookAtPortal({ stripe, calls }: StripeInstallation): Promise<DiagnosisStep> {
  const page = await calls.repeatably((timeout) =>
    stripe.billingPortal.configurations.list({ active: true, is_default: true, limit: 1 }, { timeout }),
  );
  if (!Array.isArray(at(page, 'data'))) throw new ProviderUnavailableError('stripe');
  if (asList(at(page, 'data')).length > 0) return well('portal', 'the customer portal is active');
  const remedy = 'Activate the customer portal in Stripe’s dashboard (Settings, Billing, Customer portal)';
  return unwell('portal', 'fail', 'the customer portal was never activated', remedy);
}

async function toldEndpoints({ stripe, calls }: StripeInstallation): Promise<readonly ToldEndpoint[]> {
  const found: ToldEndpoint[] = [];
  const pages = walkStripePages(calls, (after, timeout) =>
    stripe.webhookEndpoints.list({ limit: 100, ...after }, { timeout }),
  );
  for await (const one of pages) {
    found.push({
      url: asText(at(one, 'url'), 2000) ?? '',
      enabled: at(one, 'status') === 'enabled',
      apiVersion: asText(at(one, 'api_version')),
      events: asList(at(one, 'enabled_events')).flatMap((type) => asText(type) ?? []),
    });
  }
  return found;
}
