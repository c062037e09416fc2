import { DomainError } from '@tollgate/kernel';
import type { ProviderName } from './payment-provider.js';

/** An adapter was constructed with options that cannot work; the process should refuse to boot. */
export class ProviderMisconfiguredError extends DomainError {
  constructor(provider: ProviderName, problem: string) {
    super(
      'defect',
      'provider_misconfigured',
      `The payment provider (${provider}) is misconfigured: ${problem}`,
    );
  }
}
