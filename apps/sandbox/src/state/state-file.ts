import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { completedState } from './completed-state.js';
import { emptyState, type SandboxState } from './sandbox-state.js';

/** Delivered events kept over a restart; pending ones are all kept. */
const KEPT_EVENTS = 200;
const KEPT_MOVEMENTS = 2000;

const envelope = z.looseObject({ version: z.literal(1) });

/**
 * Reads the state file; a missing one is an empty sandbox.
 * @throws Error naming the file when it is not a state file of this version.
 */
export function readState(path: string | undefined): SandboxState {
  if (path === undefined || !existsSync(path)) return emptyState();
  try {
    // Only this program writes the file, so beyond its version its shape is taken as written.
    return completedState(envelope.parse(JSON.parse(readFileSync(path, 'utf8'))));
  } catch (error) {
    throw new Error(`The sandbox state file ${path} cannot be read; delete it to start empty.`, {
      cause: error,
    });
  }
}

/** Writes the whole state beside the file and renames it into place: a reader sees the old state or the new one. */
export function writeState(path: string, state: SandboxState): void {
  const settled = state.webhooks.filter((event) => event.state !== 'pending').slice(-KEPT_EVENTS);
  const pending = state.webhooks.filter((event) => event.state === 'pending');
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  const kept = {
    ...state,
    webhooks: [...settled, ...pending],
    stripe: { ...state.stripe, events: state.stripe.events.slice(-KEPT_EVENTS) },
    money: state.money.slice(-KEPT_MOVEMENTS),
  };
  writeFileSync(draft, JSON.stringify(kept), { mode: 0o600 });
  renameSync(draft, path);
}
