import type { Polar } from '@polar-sh/sdk/2026-10';
import {
  lookAtClock,
  lookAtEndpoints,
  lookAtPrices,
  takeSteps,
  well,
  type ToldEndpoint,
} from '../diagnosis.js';
import type { ProviderCalls } from '../provider-call.js';
import type { DiagnosisInput, DiagnosisStep } from '../provider-diagnosis.js';
import { ProviderUnavailableError } from '../provider.errors.js';
import { asList, asText, at } from '../tolerant-reader.js';
import type { PolarCatalog } from './polar-catalog.js';
import { within } from './polar-errors.mapper.js';
import { walkPolarPages } from './polar-listing.js';

/** The API version whose shapes we read; of the SDK's import, and wanted of the webhook endpoint. */
export const POLAR_API_VERSION = '2026-10';

/** Without these a change of access would be missed until reconcile. */
const NEEDED_EVENTS = [
  'subscription.created',
  'subscription.updated',
  'subscription.active',
  'subscription.canceled',
  'subscription.uncanceled',
  'subscription.past_due',
  'subscription.revoked',
] as const;

/** What the steps at Polar need. */
export interface PolarInstallation {
  readonly polar: Polar;
  readonly calls: ProviderCalls;
  readonly catalog: PolarCatalog;
  readonly origin: string;
}

/** Looks at an installation at Polar. Its portal needs no activation, and it sells digital products only. */
export async function diagnosePolar(
  { polar, calls, catalog, origin }: PolarInstallation,
  input: DiagnosisInput,
): Promise<readonly DiagnosisStep[]> {
  return takeSteps([
    {
      subject: 'credentials',
      look: async () => {
        await calls.repeatably(async (milliseconds) => {
          const page = await polar.products.list({ limit: 1 }, within(milliseconds));
          if (!Array.isArray(at(page, 'items'))) throw new ProviderUnavailableError('polar');
        });
        return well('credentials', 'the access token is accepted');
      },
    },
    { subject: 'clock', look: async () => lookAtClock(origin) },
    {
      subject: 'products',
      look: async () =>
        lookAtPrices(input.priceRefs, new Set((await catalog.list()).map((one) => one.priceRef))),
    },
    {
      subject: 'tax_codes',
      look: async () => well('tax_codes', 'not needed: Polar sells digital products only'),
    },
    { subject: 'portal', look: async () => well('portal', 'always on at Polar') },
    {
      subject: 'webhook_endpoint',
      look: async () =>
        lookAtEndpoints(await toldEndpoints(polar, calls), {
          url: input.webhookUrl,
          apiVersion: POLAR_API_VERSION,
          events: NEEDED_EVENTS,
        }),
    },
  ]);
}

async function toldEndpoints(polar: Polar, calls: ProviderCalls): Promise<readonly ToldEndpoint[]> {
  const found: ToldEndpoint[] = [];
  const pages = walkPolarPages(calls, (page, milliseconds) =>
    polar.webhooks.listWebhookEndpoints({ page, limit: 100 }, within(milliseconds)),
  );
  for await (const one of pages) {
    found.push({
      url: asText(at(one, 'url'), 2000) ?? '',
      enabled: at(one, 'enabled') !== false,
      apiVersion: asText(at(one, 'api_version')),
      events: asList(at(one, 'events')).flatMap((type) => asText(type) ?? []),
    });
  }
  return found;
}
