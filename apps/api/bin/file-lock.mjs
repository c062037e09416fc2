import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Runs `action` while no other process of ours does the same; waits for the one that is at it. */
export async function underLock(path, action) {
  mkdirSync(dirname(path), { recursive: true });
  while (!taken(path)) await pause(100);
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
  if (!alive(holder(path))) rmSync(path, { force: true });
  return false;
}

/** An empty file is a lock whose owner is about to write its number. */
function holder(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || process.pid;
  } catch (error) {
    if (error.code === 'ENOENT') return process.pid;
    throw error;
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
