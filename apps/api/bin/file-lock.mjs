import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Runs `action` while no other process of ours does the same; waits, and says so, for the one that is at it. */
export async function underLock(path, action) {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let told = false;
  while (!taken(path)) {
    const holder = read(path);
    if (holder && !told)
      console.log(`  waiting for process ${holder}, which is doing this already (${path})`);
    told ||= Boolean(holder);
    await pause(100);
  }
  try {
    return await action();
  } finally {
    rmSync(path, { force: true });
  }
}

function taken(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = Number(read(path));
  // An empty file is a lock whose owner is about to write its number.
  if (holder > 0 && !runs(holder)) rmSync(path, { force: true });
  return false;
}

/** A killed process may stay as a zombie for long where nobody reaps; it holds nothing. */
function runs(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined || stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}
