import type { PaymentProvider } from '@tollgate/billing';
import { ConfigError } from '../config/config.js';
import { environmentSchema } from '../config/environment.js';
import { sellingKind } from '../config/provider-config.js';
import { need, readVariables, secret, type Variables } from '../config/variables.js';
import { PAYMENT_PROVIDERS } from '../payment-providers/payment-providers.js';
import type { ProviderKind } from '../payment-providers/provider-kind.js';

/** Only what can be known before the first product exists: neither ids of plans nor a webhook secret. */
const schema = environmentSchema.pick({ PAYMENT_PROVIDER: true, CATALOG_TAX_CODE: true });

/** An adapter refuses to be made without a webhook secret; a setup receives nothing. */
const RECEIVES_NOTHING = ['whsec_provider_setup_receives_nothing'];

/** What a setup works with. */
export interface ProviderByKey {
  readonly kind: ProviderKind;
  readonly provider: PaymentProvider;
  /** The one to sell under. */
  readonly taxCode: string;
}

/**
 * The provider that `PAYMENT_PROVIDER` names, made from its key alone.
 *
 * @throws ConfigError naming what is missing
 */
export function providerByKeys(variables: Variables, kinds = PAYMENT_PROVIDERS): ProviderByKey {
  const problems: string[] = [];
  const environment = readVariables(schema, variables, problems);
  if (environment === null) throw new ConfigError(problems);
  const kind = sellingKind(environment, kinds);
  if (kind === null)
    throw new ConfigError([`PAYMENT_PROVIDER must be one of ${kinds.map(({ name }) => name).join(', ')}`]);
  const settings = kind.read(variables, problems);
  const key = need(secret, variables, kind.variables.key, problems);
  if (settings === null || key === undefined) throw new ConfigError(problems);
  const provider = settings.create({ key, webhookSecrets: RECEIVES_NOTHING, planIds: [] });
  return { kind, provider, taxCode: environment.CATALOG_TAX_CODE };
}
