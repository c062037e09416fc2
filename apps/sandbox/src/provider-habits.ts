import type { SandboxSettings } from './settings.js';

/** What a provider does in its own way in places that serve both: they ask here, and never for a name. */
export interface ProviderHabits {
  /** As it writes itself. */
  readonly title: string;
  /** What stands here before the paths of its API, and not at the provider. */
  readonly pathPrefix: string;
  /** The endpoint it was started with. */
  readonly configuredEndpoint: string;
  /** API version of the account, and of an endpoint that names none. */
  readonly apiVersion: string;
  /** Events given up in a row after which an endpoint is switched off; null for never. */
  readonly failuresUntilDisabled: number | null;
  /** Calls answered within a minute of its clock; null for no limit. */
  callsPerMinute(settings: SandboxSettings): number | null;
  /** Headers of one attempt, signed with every secret. `realSeconds` is the machine's time: signatures never follow the virtual clock. */
  sign(
    event: { readonly id: string; readonly body: string },
    secrets: readonly string[],
    realSeconds: number,
  ): Record<string, string>;
  /**
   * Milliseconds until the next attempt after `failures` failed ones, or null when it gives up. `ageMs` is the event's
   * age, `jitter` 0 to 1.
   */
  retryDelay(failures: number, ageMs: number, jitter: number): number | null;
}
