import { HABITS } from '../habits.js';
import { PROVIDERS, type ProviderName } from '../options.js';
import { secretToken } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import type { EndpointRecord } from './endpoint-record.js';

/** What an endpoint is made of. */
export type NewEndpoint = Pick<EndpointRecord, 'id' | 'provider' | 'url'> &
  Partial<Pick<EndpointRecord, 'apiVersion' | 'events' | 'name' | 'metadata'>> & { secret?: string };

/** Puts the configured endpoints in place: address and secret as of this start, the rest as it was left. */
export function seedEndpoints(world: World): void {
  for (const provider of PROVIDERS) {
    const id = HABITS[provider].configuredEndpoint;
    const { webhookUrl: url, webhookSecret: secret } = world.options[provider];
    const known = lookup(world.state.endpoints, id);
    if (url === undefined) delete world.state.endpoints[id];
    else if (known === undefined) addEndpoint(world, { id, provider, url, secret });
    else if (known.url !== url || known.secrets[0]?.value !== secret)
      Object.assign(known, { url, secrets: [{ value: secret, expiresAt: null }] });
  }
}

/** Adds an endpoint that gets events from now on. */
export function addEndpoint(world: World, input: NewEndpoint): EndpointRecord {
  const { secret = secretToken('whsec'), id, provider, url } = input;
  const endpoint: EndpointRecord = {
    id,
    provider,
    url,
    secrets: [{ value: secret, expiresAt: null }],
    apiVersion: input.apiVersion ?? HABITS[provider].apiVersion,
    events: input.events ?? ['*'],
    enabled: true,
    failures: 0,
    createdAt: world.clock.iso(),
    name: input.name ?? null,
    metadata: input.metadata ?? {},
  };
  world.state.endpoints[id] = endpoint;
  return endpoint;
}

/** A provider's endpoints, oldest first. */
export function endpointsOf(world: World, provider: ProviderName): EndpointRecord[] {
  return Object.values(world.state.endpoints).filter((one) => one.provider === provider);
}

/** Signs with a new secret from now on; the old one signs beside it for so many seconds. */
export function rotateSecret(
  world: World,
  endpoint: EndpointRecord,
  secret: string,
  overlapSeconds: number,
): void {
  const until = world.clock.nowMs() + overlapSeconds * 1000;
  const old = validSecrets(world, endpoint).map((value) => ({ value, expiresAt: until }));
  endpoint.secrets = [{ value: secret, expiresAt: null }, ...(overlapSeconds > 0 ? old : [])];
}

/** Secrets that sign now, newest first. */
export function validSecrets(world: World, endpoint: EndpointRecord): string[] {
  const now = world.clock.nowMs();
  return endpoint.secrets
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .map(({ value }) => value);
}

/** Switches an endpoint on or off. What waits for one that is off is skipped and stays lost. */
export function setEnabled(world: World, endpoint: EndpointRecord, enabled: boolean): void {
  endpoint.enabled = enabled;
  endpoint.failures = 0;
  if (enabled) return;
  for (const event of world.state.webhooks) {
    if (event.endpointId !== endpoint.id || event.state !== 'pending') continue;
    event.state = 'skipped';
    event.dueAt = null;
  }
}

/** Counts an event that was given up; after too many in a row the provider may switch the endpoint off. */
export function countFailedEvent(world: World, endpoint: EndpointRecord): void {
  endpoint.failures += 1;
  const { failuresUntilDisabled } = HABITS[endpoint.provider];
  if (failuresUntilDisabled !== null && endpoint.failures >= failuresUntilDisabled)
    setEnabled(world, endpoint, false);
}
