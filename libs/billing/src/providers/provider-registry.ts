import { ConflictError, InvalidRequestError, NotFoundError } from '@tollgate/kernel';
import type { PaymentProvider, ProviderName, WebhookHeaders } from './payment-provider.js';
import { SignatureRefusedError } from './provider.errors.js';

/** Whose signature a header carries, also of providers that are not configured here. */
const SIGNATURE_HEADERS: Readonly<Record<ProviderName, string>> = {
  polar: 'webhook-signature',
  stripe: 'stripe-signature',
};

/** The configured providers: the only place that chooses between them. */
export class ProviderRegistry {
  private readonly byName: ReadonlyMap<ProviderName, PaymentProvider>;

  /** @param selling the provider of new checkouts; null sells nothing (`PAYMENT_PROVIDER=none`) */
  constructor(
    providers: readonly PaymentProvider[],
    readonly selling: ProviderName | null,
  ) {
    this.byName = new Map(providers.map((provider) => [provider.name, provider]));
  }

  /** Whether any provider is configured. */
  get empty(): boolean {
    return this.byName.size === 0;
  }

  /**
   * A provider by its name.
   *
   * @throws NotFoundError when it is not configured
   */
  get(name: ProviderName): PaymentProvider {
    const provider = this.byName.get(name);
    if (!provider) throw new NotFoundError(`Payment provider ${name}`);
    return provider;
  }

  /**
   * The provider that new checkouts go to.
   *
   * @throws ConflictError `selling_disabled` when plans are only given by staff
   */
  toSell(): PaymentProvider {
    if (this.selling === null) {
      throw new ConflictError('selling_disabled', 'Plans are not sold here; ask the team to give you one');
    }
    return this.get(this.selling);
  }

  /**
   * The provider that a delivery's headers claim to come from; nothing is verified yet.
   *
   * @throws InvalidRequestError `provider_ambiguous` when the signatures of two providers are there
   * @throws SignatureRefusedError when no configured provider is claimed
   */
  claimedBy(headers: WebhookHeaders): PaymentProvider {
    const signatures = Object.values(SIGNATURE_HEADERS).filter((name) => headers[name] !== undefined);
    const claimed = [...this.byName.values()].filter((provider) => provider.claims(headers));
    if (signatures.length > 1 || claimed.length > 1) {
      throw new InvalidRequestError('provider_ambiguous', 'The headers claim two payment providers at once');
    }
    const [provider] = claimed;
    if (!provider) throw new SignatureRefusedError(signatures.length > 0 ? 'unconfigured' : 'missing');
    return provider;
  }
}
