import type { ProviderName } from './payment-provider.js';
import { ProviderMisconfiguredError } from './provider-options.errors.js';

/** Returns `value` when it is a usable secret: not empty and without space at its ends. */
export function requireSecret(provider: ProviderName, name: string, value: string): string {
  if (value.trim() === '') throw new ProviderMisconfiguredError(provider, `${name} is empty`);
  if (value.trim() !== value) {
    throw new ProviderMisconfiguredError(provider, `${name} begins or ends with white space`);
  }
  return value;
}

/** Returns a copy of the webhook secrets: at least one, none of them empty (an HMAC with an empty key is valid). */
export function requireWebhookSecrets(provider: ProviderName, secrets: readonly string[]): readonly string[] {
  if (secrets.length === 0) throw new ProviderMisconfiguredError(provider, 'no webhook secret is given');
  return secrets.map((secret) => requireSecret(provider, 'a webhook secret', secret));
}

/** The base URL of a provider's API: http or https, without query, fragment or credentials. */
export function requireBaseUrl(provider: ProviderName, baseUrl: string): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  const usable =
    url !== null && /^https?:$/.test(url.protocol) && `${url.search}${url.hash}${url.username}` === '';
  if (!usable) throw new ProviderMisconfiguredError(provider, 'the base URL is not a plain http(s) URL');
  return url;
}
