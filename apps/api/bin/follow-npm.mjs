import { readFileSync } from 'node:fs';

const EVERY_MS = 300;

/**
 * Ends this process as SIGTERM would when the npm that started it is gone. A signal to npm reaches the shell between
 * npm and us, and stops there: without this, everything would live on unseen. Does nothing when npm did not start us.
 */
export function followNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  setInterval(() => {
    if (process.ppid !== shell || parentOf(shell) !== npm) process.kill(process.pid, 'SIGTERM');
  }, EVERY_MS).unref();
}

/** The parent of another process where /proc tells it; elsewhere our own parent must do. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}
