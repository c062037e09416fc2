import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Timeline } from './clock/timeline.js';
import { VirtualClock } from './clock/virtual-clock.js';
import { buildServer } from './http/build-server.js';
import { RequestLog } from './http/request-log.js';
import { DEFAULT_WEBHOOK_BEHAVIOUR, type SandboxOptions } from './options.js';
import { PolarStandIn } from './polar/polar-stand-in.js';
import { initialSettings } from './settings.js';
import { seedCatalog } from './state/seed-catalog.js';
import { SeededRandom } from './state/seeded-random.js';
import { readState, writeState } from './state/state-file.js';
import { StripeStandIn } from './stripe/stripe-stand-in.js';
import { Courier } from './webhooks/courier.js';
import { seedEndpoints } from './webhooks/endpoints.js';
import { nothingNext } from './webhooks/next-events-plan.js';
import type { World } from './world.js';

const TICK_MS = 250;
const DEFAULT_SEED = 20_261_123;

/** A running stand-in of both providers. */
export interface Sandbox {
  /** Listens on 127.0.0.1 (0 picks a free port) and answers its origin; Polar's base URL is `${url}/polar`. */
  listen(port: number): Promise<{ url: string }>;
  /** Stops listening and delivering, and keeps the state when a file is configured. */
  close(): Promise<void>;
}

/** Makes a sandbox; nothing listens yet. @throws Error when the state file cannot be read. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = new RunningSandbox(options);
  await sandbox.ready();
  return sandbox;
}

class RunningSandbox implements Sandbox {
  readonly #world: World;
  readonly #timeline: Timeline;
  readonly #courier: Courier;
  readonly #app: FastifyInstance;
  #timer: NodeJS.Timeout | undefined;
  #port = 0;
  #woken = false;
  #closed = false;

  constructor(options: SandboxOptions) {
    const clock = new VirtualClock();
    const state = readState(options.stateFile);
    clock.restore(state.clock);
    this.#world = {
      options,
      clock,
      state,
      random: new SeededRandom(options.seed ?? DEFAULT_SEED),
      behaviour: { ...DEFAULT_WEBHOOK_BEHAVIOUR, ...options.webhooks },
      settings: initialSettings(options),
      outages: { polar: 'none', stripe: 'none' },
      faults: [],
      next: { polar: nothingNext(), stripe: nothingNext() },
      requests: new RequestLog(),
      url: () => `http://127.0.0.1:${this.#port}`,
      wake: () => this.#wake(),
    };
    seedCatalog(this.#world);
    seedEndpoints(this.#world);
    const standIns = [new PolarStandIn(this.#world), new StripeStandIn(this.#world)];
    const courier = new Courier(this.#world);
    this.#courier = courier;
    const agendas = standIns.map((standIn) => standIn.agenda);
    this.#timeline = new Timeline(this.#world, courier, agendas);
    const parts = {
      standIns,
      timeline: this.#timeline,
      courier,
      persist: () => this.#persist(),
      port: () => this.#port,
    };
    this.#app = buildServer(this.#world, parts);
  }

  async ready(): Promise<void> {
    await this.#app.ready();
  }

  async listen(port: number): Promise<{ url: string }> {
    await this.#app.listen({ host: '127.0.0.1', port });
    this.#port = (this.#app.server.address() as AddressInfo).port;
    this.#timer = setInterval(() => this.#wake(), TICK_MS);
    this.#timer.unref();
    this.#persist();
    return { url: this.#world.url() };
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#courier.stop();
    await this.#timeline.idle();
    await this.#app.close();
    this.#persist();
  }

  // Waits for the running handler to end, so that all its events leave in one round.
  #wake(): void {
    if (this.#woken || this.#closed) return;
    this.#woken = true;
    setImmediate(() => {
      this.#woken = false;
      if (!this.#closed) void this.#settle();
    });
  }

  async #settle(): Promise<void> {
    try {
      const { delivered, failed } = await this.#timeline.settle();
      if (delivered + failed > 0) this.#persist();
    } catch (error) {
      process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
    }
  }

  #persist(): void {
    const { clock, options, state } = this.#world;
    if (options.stateFile === undefined) return;
    state.clock = clock.save();
    writeState(options.stateFile, state);
  }
}
