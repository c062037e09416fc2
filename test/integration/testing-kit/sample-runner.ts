import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import * as jestGlobals from '@jest/globals';
import { Controller, Post } from '@nestjs/common';
import * as nestTesting from '@nestjs/testing';
import { transformSync } from '@swc/core';
import * as entitlements from '@tollgate/entitlements';
import * as entitlementsTesting from '@tollgate/entitlements/testing';

const MODULES = new Map<string, object>([
  ['@jest/globals', jestGlobals],
  ['@nestjs/common', { Controller, Post }],
  ['@nestjs/testing', nestTesting],
  ['@tollgate/entitlements', entitlements],
  ['@tollgate/entitlements/testing', entitlementsTesting],
]);

/** The samples of a guide, by name: code blocks that are opened with `ts sample=name`. */
export function samplesOf(guide: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/guide', guide), 'utf8');
  const blocks = [...text.matchAll(/^```ts sample=(\w+)\n(.*?)^```$/gms)];
  return new Map(blocks.map(([, name = '', code = '']) => [name, code]));
}

/** Runs a sample as it stands on the page; its tests are registered where this is called. */
export function runSample(code: string): void {
  const { code: script } = transformSync(code, {
    swcrc: false,
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      target: 'es2022',
    },
    module: { type: 'commonjs' },
  });
  const imported = (name: string): object => {
    const found = MODULES.get(name);
    if (!found) throw new Error(`A sample imports ${name}, which its reader would have to guess`);
    return found;
  };
  vm.compileFunction(script, ['require', 'exports', 'fetch'])(imported, {}, fetch);
}
