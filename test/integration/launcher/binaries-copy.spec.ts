import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdtempSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAccount } from '../../../apps/api/src/launcher/postgres/account.js';
import { reusableCopy, sharedCopy, wanted } from '../../../apps/api/src/launcher/postgres/binaries-copy.js';
import { readLinks } from '../../../apps/api/src/launcher/postgres/binary-links.js';
import { platformPackage } from '../../../apps/api/src/launcher/postgres/platform.js';

const native = join(dirname(createRequire(import.meta.url).resolve(platformPackage())), '..', 'native');

describe('the shared copy of the binaries', () => {
  let base: string;
  let copy: string;
  const links = readLinks(native);
  const entries = wanted(native, links);
  const account = serverAccount('/nowhere');
  const reusable = () => reusableCopy(native, entries, account, [base]);

  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'tollgate-copy-'));
    chmodSync(base, 0o755);
    copy = sharedCopy(native, links, account, () => undefined, [base]);
  });

  // Each test undoes its harm: a copy that was refused for another reason would prove nothing.
  afterEach(() => expect(reusable()).toBe(copy));

  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('is used again as it is', () => {
    expect(sharedCopy(native, links, account, () => undefined, [base])).toBe(copy);
  });

  it('is not used again when a file has changed', () => {
    const file = join(copy, 'lib', 'libz.so.1');
    const { size } = statSync(file);
    appendFileSync(file, 'x');
    expect(reusable()).toBeUndefined();
    truncateSync(file, size);
  });

  it('is not used again when a file was added', () => {
    const planted = join(copy, 'lib', 'planted.so');
    writeFileSync(planted, 'x');
    expect(reusable()).toBeUndefined();
    rmSync(planted);
  });

  it('is not used again when others may write to it', () => {
    chmodSync(join(copy, 'bin'), 0o777);
    expect(reusable()).toBeUndefined();
    chmodSync(join(copy, 'bin'), 0o755);
  });

  it('is not used again when it belongs to someone else, or might', () => {
    // Only root can give files away; anybody else sees the same rule through the folder's mode.
    const give = () =>
      account.switched ? chownSync(copy, account.uid, account.gid) : chmodSync(copy, 0o777);
    const take = () => (account.switched ? chownSync(copy, 0, 0) : chmodSync(copy, 0o755));
    give();
    expect(reusable()).toBeUndefined();
    take();
  });
});
