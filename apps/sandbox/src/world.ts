import type { VirtualClock } from './clock/virtual-clock.js';
import type { ApiFault } from './http/api-fault.js';
import type { RequestLog } from './http/request-log.js';
import type { ProviderName, SandboxOptions, WebhookBehaviour } from './options.js';
import type { SandboxSettings } from './settings.js';
import type { SandboxState } from './state/sandbox-state.js';
import type { SeededRandom } from './state/seeded-random.js';
import type { NextEvents } from './webhooks/next-events-plan.js';

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
  readonly settings: SandboxSettings;
  readonly outages: Record<ProviderName, OutageMode>;
  /** Planned for single calls; the first that fits is played. */
  readonly faults: ApiFault[];
  readonly next: Record<ProviderName, NextEvents>;
  readonly requests: RequestLog;
  /** Origin the sandbox listens on, without a slash at the end. */
  url(): string;
  /** Says that something may be due now; returns at once. */
  wake(): void;
}
