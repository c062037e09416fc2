import { ConflictError, InvalidRequestError, NotFoundError } from '@tollgate/kernel';
import type { PaymentProvider, ProviderName, WebhookHeaders } from './payment-provider.js';
import { SignatureRefusedError } from './provider.errors.js';

/** The configured providers: the only place that chooses between them. */
export class ProviderRegistry {
  private readonly byName: ReadonlyMap<ProviderName, PaymentProvider>;

  /**
   * @param selling the provider of new checkouts; null sells nothing (`PAYMENT_PROVIDER=none`)
   * @param signatureHeaders of every provider that there is, also of those that are not configured here
   */
  constructor(
    providers: readonly PaymentProvider[],
    readonly selling: ProviderName | null,
    private readonly signatureHeaders: readonly string[] = [],
  ) {
    this.byName = new Map(providers.map((provider) => [provider.name, provider]));
  }

  /** Whether any provider is configured. */
  get empty(): boolean {
    return this.byName.size === 0;
  }

  /** Every configured provider. */
  all(): readonly PaymentProvider[] {
    return [...this.byName.values()];
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
    const signatures = this.signatureHeaders.filter((name) => headers[name] !== undefined);
    const claimed = [...this.byName.values()].filter((provider) => provider.claims(headers));
    if (signatures.length > 1 || claimed.length > 1) {
      throw new InvalidRequestError('provider_ambiguous', 'The headers claim two payment providers at once');
    }
    const [provider] = claimed;
    if (!provider) throw new SignatureRefusedError(signatures.length > 0 ? 'unconfigured' : 'missing');
    return provider;
  }
}
