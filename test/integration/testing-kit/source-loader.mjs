/** Lets plain Node run the sources: `node --import ./source-loader.mjs file.ts`. For checks outside of Jest. */
import { existsSync, readFileSync } from 'node:fs';
import { register } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transform } from '@swc/core';

const root = join(import.meta.dirname, '../../..');
const jsc = {
  parser: { syntax: 'typescript', decorators: true },
  transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  target: 'es2022',
  keepClassNames: true,
};

if (isMainThread) register(import.meta.url);

/** `@tollgate/usage` is its front door, and `./limit.js` is `limit.ts`. */
export async function resolve(specifier, context, next) {
  const [, lib, door = ''] = /^@tollgate\/(\w+)(\/testing)?$/.exec(specifier) ?? [];
  const url = lib
    ? pathToFileURL(join(root, `libs/${lib}/src${door}/index.ts`))
    : /^(\.|file:)/.test(specifier) && new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
  if (url && url.pathname.endsWith('.ts') && existsSync(url)) return { url: url.href, shortCircuit: true };
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const file = fileURLToPath(url);
  const { code } = await transform(readFileSync(file, 'utf8'), {
    filename: file,
    swcrc: false,
    jsc,
    module: { type: 'es6' },
  });
  return { format: 'module', source: code, shortCircuit: true };
}
