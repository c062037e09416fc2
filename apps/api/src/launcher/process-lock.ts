import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { errorCode } from './error-code.js';
import { findProcess } from './processes.js';

/** Thrown when a living process holds the lock. */
export class LockHeldError extends Error {
  override readonly name = 'LockHeldError';

  constructor(
    readonly path: string,
    readonly pid: number,
  ) {
    super(`${path} is held by process ${pid}`);
  }
}

/** A lock that is ours until `release`, or until we die. */
export interface ProcessLock {
  release(): void;
}

/**
 * Takes the lock file `path` for this process. What a dead process left behind is taken over; its start time is
 * compared too, as its number may have gone to another program.
 * @throws LockHeldError when a living process holds it
 */
export function acquireProcessLock(path: string): ProcessLock {
  const mine = `${process.pid} ${findProcess(process.pid)?.started ?? ''} ${randomBytes(8).toString('hex')}`;
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  // Readable by all: the next to ask may be another user.
  writeFileSync(draft, mine, { mode: 0o644 });
  try {
    while (!linkedTo(draft, path)) evictDead(path);
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release: () => {
      if (content(path) === mine) rmSync(path, { force: true });
    },
  };
}

/** link(2) makes name and content appear in one step, and fails when the name is taken. */
function linkedTo(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return false;
    throw cause;
  }
}

function evictDead(path: string): void {
  const seen = content(path);
  if (seen === undefined) return;
  const [pid, started] = seen.split(' ');
  const holder = findProcess(Number(pid));
  if (holder !== undefined && !holder.zombie && holder.started === started)
    throw new LockHeldError(path, holder.pid);
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return;
    throw cause;
  }
  // Another process may have evicted the dead one first and hold the lock by now: it gets it back.
  if (content(aside) !== seen) linkedTo(aside, path);
  rmSync(aside, { force: true });
}

function content(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined;
    throw cause;
  }
}
