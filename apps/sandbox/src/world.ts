import type { VirtualClock } from './clock/virtual-clock.js';
import type { RequestLog } from './http/request-log.js';
import type { ProviderName, SandboxOptions, WebhookBehaviour } from './options.js';
import type { SandboxState } from './state/sandbox-state.js';
import type { SeededRandom } from './state/seeded-random.js';

/** How a provider's API misbehaves: `lost_response` does the work and cuts the connection before answering. */
export const OUTAGE_MODES = ['none', 'down', 'error', 'timeout', 'rate_limited', 'lost_response'] as const;

/** One of {@link OUTAGE_MODES}. */
export type OutageMode = (typeof OUTAGE_MODES)[number];

/** What every part of the sandbox shares. Passed by hand; there is no global. */
export interface World {
  readonly options: SandboxOptions;
  readonly clock: VirtualClock;
  readonly state: SandboxState;
  readonly random: SeededRandom;
  readonly behaviour: WebhookBehaviour;
  readonly outages: Record<ProviderName, OutageMode>;
  readonly requests: RequestLog;
  /** Origin the sandbox listens on, without a slash at the end. */
  url(): string;
  /** Says that something may be due now; returns at once. */
  wake(): void;
}
