import type { Clock, Freshness } from '@tollgate/kernel';
import type { Catalog } from '../catalog/catalog.js';
import { Engine } from '../decisions/engine.js';
import { AccountMemory, type AccountMemoryOptions } from './account-memory.js';

/** What the engine and the memory stand on. */
export interface EngineGround {
  readonly clock: Clock;
  readonly freshness: Freshness;
  readonly catalogs: { current(): Catalog };
  readonly upgradeUrl: string | null;
}

/** The engine and the memory it decides from: each has to tell the other something. */
export function composeEngine(
  { clock, freshness, catalogs, upgradeUrl }: EngineGround,
  options: AccountMemoryOptions,
): { readonly engine: Engine; readonly memory: AccountMemory } {
  const memory = new AccountMemory(clock, freshness, options, (slot) => engine.forget(slot));
  const engine = new Engine(catalogs, { upgradeUrl, ranksChanged: () => memory.forgetAll() });
  return { engine, memory };
}
