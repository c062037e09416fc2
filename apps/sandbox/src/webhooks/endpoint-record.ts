import type { ProviderName } from '../options.js';

/** A signing secret; one that was rotated out still signs until it expires (ms of the virtual clock). */
export interface EndpointSecret {
  value: string;
  expiresAt: number | null;
}

/** Where one provider's events are posted, in which version, signed by what. */
export interface EndpointRecord {
  id: string;
  provider: ProviderName;
  url: string;
  /** Newest first. */
  secrets: EndpointSecret[];
  /** API version in which its events are rendered. */
  apiVersion: string;
  /** Event types it wants; `*` is all of them. */
  events: string[];
  enabled: boolean;
  /** Events in a row of which every attempt failed. */
  failures: number;
  createdAt: string;
  name: string | null;
  metadata: Record<string, string>;
}

/** True when the endpoint asked for events of the type. */
export function wants(endpoint: EndpointRecord, type: string): boolean {
  return endpoint.events.includes('*') || endpoint.events.includes(type);
}
