import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { acquireProcessLock } from '../../../apps/api/src/launcher/process-lock.js';
import { findProcess } from '../../../apps/api/src/launcher/processes.js';

describe('the process lock', () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tollgate-lock-'));
    path = join(folder, 'a.lock');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is held until released, and leaves nothing behind', () => {
    const lock = acquireProcessLock(path);
    expect(() => acquireProcessLock(path)).toThrow(`held by process ${process.pid}`);
    lock.release();
    acquireProcessLock(path).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken over from a dead process', () => {
    writeFileSync(path, '999999999 1 dead');
    acquireProcessLock(path);
    expect(readFileSync(path, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  });

  it('is taken over from a dead process whose number went to another one', () => {
    writeFileSync(path, `${process.pid} ${findProcess(process.pid)?.started ?? ''}0 earlier`);
    acquireProcessLock(path);
    expect(readdirSync(folder)).toEqual(['a.lock']);
  });

  it('does not release what has become another lock', () => {
    const lock = acquireProcessLock(path);
    writeFileSync(path, 'somebody else');
    lock.release();
    expect(readFileSync(path, 'utf8')).toBe('somebody else');
  });
});
