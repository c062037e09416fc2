/**
 * Writes `apps/api/src/http/error-codes.ts`: every stable code that the sources throw, with its status and words, for
 * the OpenAPI document: `node apps/api/bin/error-codes.mjs`. A test of the architecture says when that is due.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = join(import.meta.dirname, '../../..');
const target = join(root, 'apps/api/src/http/error-codes.ts');

/** Not reached by any route: test kits, the launcher, and the programs of the command line. */
const elsewhere = /(^|\/)(node_modules|dist|testing|launcher|migrations)(\/|$)|\.spec\.ts$|\.d\.ts$/;

/** Where the code stands among the arguments; `kind` is fixed for the errors that have one of their own. */
const errors = {
  DomainError: { code: 1, kind: null },
  InvalidRequestError: { code: 0, kind: 'invalid' },
  ConflictError: { code: 0, kind: 'conflict' },
  UnavailableError: { code: 0, kind: 'unavailable' },
};

/** Every code in one source, as `{ code, kind, message }`. */
export function codesIn(text, shapes = shapesWith([text])) {
  const found = [];
  visitAll(text, (node) => {
    const thrown = thrownBy(node, shapes);
    if (thrown) found.push(thrown);
  });
  return found;
}

function visitAll(text, look) {
  const visit = (node) => {
    look(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
}

/** A class without a constructor of its own takes the arguments of the error that it extends. */
function shapesWith(texts) {
  const shapes = { ...errors };
  const look = (node) => {
    if (!ts.isClassDeclaration(node) || node.members.some(ts.isConstructorDeclaration)) return;
    const parent = node.heritageClauses?.[0]?.types[0]?.expression.getText() ?? '';
    if (node.name && Object.hasOwn(shapes, parent)) shapes[node.name.text] = shapes[parent];
  };
  for (const text of texts) visitAll(text, look);
  return shapes;
}

function thrownBy(node, shapes) {
  const { name, args } = construction(node);
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  const code = shape && args[shape.code];
  if (!code || !ts.isStringLiteralLike(code)) return null;
  const kind = shape.kind ?? (ts.isStringLiteralLike(args[0]) ? args[0].text : null);
  return kind === null ? null : { code: code.text, kind, message: wordsOf(args[shape.code + 1]) };
}

/** `new DomainError(…)`, or `super(…)` in a class that extends it. */
function construction(node) {
  if (ts.isNewExpression(node)) return { name: node.expression.getText(), args: node.arguments ?? [] };
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword)
    return { name: '', args: [] };
  let owner = node.parent;
  while (owner && !ts.isClassDeclaration(owner)) owner = owner.parent;
  const heritage = owner?.heritageClauses?.[0]?.types[0];
  return { name: heritage?.expression.getText() ?? '', args: node.arguments };
}

function wordsOf(message) {
  if (!message) return '';
  if (ts.isStringLiteralLike(message)) return message.text;
  if (!ts.isTemplateExpression(message)) return '';
  return message.head.text + message.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}

function sources(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => relative(root, join(folder, name)))
    .filter((file) => file.endsWith('.ts') && !elsewhere.test(file) && join(root, file) !== target)
    .toSorted();
}

/** The codes of all sources, in order; the first place that has words gives them. */
export function allCodes() {
  const codes = new Map();
  const files = [...sources(join(root, 'libs')), ...sources(join(root, 'apps/api/src'))];
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'));
  const shapes = shapesWith(texts);
  for (const { code, kind, message } of texts.flatMap((text) => codesIn(text, shapes))) {
    const known = codes.get(code);
    const kinds = new Set([...(known?.kinds ?? []), kind]);
    codes.set(code, { kinds, message: known?.message || message });
  }
  return [...codes].toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** The text of the generated file. */
function generated() {
  const rows = allCodes().map(([code, { kinds, message }]) => {
    const list = [...kinds].toSorted((one, other) => (one < other ? -1 : 1)).map((kind) => `'${kind}'`);
    return `  ${code}: { kinds: [${list.join(', ')}], message: ${quoted(message)} },`;
  });
  return `// Generated: node apps/api/bin/error-codes.mjs; do not edit.
import type { ErrorKind } from '@tollgate/kernel';

/** A stable code with what kinds of errors carry it, and words as an example. */
export interface ErrorCode {
  readonly kinds: readonly ErrorKind[];
  readonly message: string;
}

/** Every code that the sources throw. */
export const ERROR_CODES: Readonly<Record<string, ErrorCode>> = {
${rows.join('\n')}
};
`;
}

function quoted(text) {
  const escaped = text.replaceAll('\\', '\\\\');
  return escaped.includes("'") ? JSON.stringify(text) : `'${escaped}'`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(target, generated());
  spawnSync(join(root, 'node_modules/.bin/oxfmt'), [target], { stdio: 'inherit' });
}
