import type { MappedPrice, ProviderName } from '@tollgate/billing';
import { missingPlanIds, namedPlanIds } from '../payment-providers/plan-ids.js';
import type { ProviderKind, ProviderSettings } from '../payment-providers/provider-kind.js';
import type { Config, ConfiguredProvider } from './config.js';
import type { Environment } from './environment.js';
import { need, secret, secretList, type Variables } from './variables.js';

const NOTHING_IS_SOLD = 'none';

/** Reads everything about providers; what is missing is added to `problems`, by the name of its variable. */
export function readPayments(
  variables: Variables,
  environment: Environment,
  kinds: readonly ProviderKind[],
  problems: string[],
): Config['payments'] {
  const selling = readSelling(environment, kinds, problems);
  const read = kinds.map((kind) => ({
    kind,
    settings: kind.read(variables, problems),
    planIds: namedPlanIds(variables, kind),
  }));
  const configured = read.filter(
    ({ kind, planIds }) => kind.name === selling || isConfigured(variables, kind, planIds),
  );
  return {
    selling,
    providers: configured.flatMap(({ kind, settings, planIds }) => {
      problems.push(...missingPlanIds(kind, planIds));
      return settings === null ? [] : [toProvider(variables, kind, settings, planIds, problems)];
    }),
    signatureHeaders: kinds.map(({ signatureHeader }) => signatureHeader),
    currency: environment.BILLING_CURRENCY,
    trialDays: environment.BILLING_TRIAL_DAYS || null,
    proration: environment.BILLING_PRORATION,
    silenceHours: environment.BILLING_SILENCE_HOURS || null,
    returnOrigins: environment.BILLING_RETURN_ORIGINS,
    prices: configured.flatMap(({ planIds }) => planIds),
  };
}

/** The kind that `PAYMENT_PROVIDER` names, the first one when it names none; null when nothing is sold. */
export function sellingKind(
  { PAYMENT_PROVIDER: name }: Pick<Environment, 'PAYMENT_PROVIDER'>,
  kinds: readonly ProviderKind[],
): ProviderKind | null {
  return kinds.find((kind) => name === undefined || kind.name === name) ?? null;
}

function readSelling(
  environment: Environment,
  kinds: readonly ProviderKind[],
  problems: string[],
): ProviderName | null {
  const kind = sellingKind(environment, kinds);
  if (kind === null && environment.PAYMENT_PROVIDER !== NOTHING_IS_SOLD) {
    const names = kinds.map(({ name }) => name).join(', ');
    problems.push(`PAYMENT_PROVIDER must be one of ${names}, or ${NOTHING_IS_SOLD}`);
  }
  return kind?.name ?? null;
}

/** A provider is configured when its key, secret or one of its ids is set; a base URL or a switch alone is not enough. */
function isConfigured(variables: Variables, kind: ProviderKind, planIds: readonly MappedPrice[]): boolean {
  const { key, webhookSecrets } = kind.variables;
  return variables[key] !== undefined || variables[webhookSecrets] !== undefined || planIds.length > 0;
}

function toProvider(
  variables: Variables,
  { name, variables: names }: ProviderKind,
  { own, create }: ProviderSettings,
  planIds: readonly MappedPrice[],
  problems: string[],
): ConfiguredProvider {
  const access = {
    key: need(secret, variables, names.key, problems) ?? '',
    webhookSecrets: need(secretList, variables, names.webhookSecrets, problems) ?? [],
    planIds: planIds.map(({ externalId }) => externalId),
  };
  return { name, access, settings: own, create: () => create(access) };
}
