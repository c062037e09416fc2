import { ProviderMisconfiguredError } from '../provider-options.errors.js';
import { requireBaseUrl } from '../provider-options.js';

/** Where the SDK connects; it takes a URL only in parts, and always puts `/v1` after the host. */
export interface StripeAddress {
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

/** @throws ProviderMisconfiguredError not a plain http(s) URL, or one with a path */
export function toStripeAddress(baseUrl: string): StripeAddress {
  const url = requireBaseUrl('stripe', baseUrl);
  if (url.pathname !== '/')
    throw new ProviderMisconfiguredError('stripe', 'the base URL must not have a path');
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  const port = url.port === '' ? { http: 80, https: 443 }[protocol] : Number(url.port);
  return { protocol, host: url.hostname, port };
}
