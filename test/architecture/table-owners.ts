import ts from 'typescript';
import type { ProjectSource } from './project-sources.js';

/** A table that a room names in SQL although another room owns it. */
export interface ForeignTable {
  readonly table: string;
  readonly owner: string;
  readonly file: string;
}

const isMigration = (file: string): boolean => /\/migrations\//.test(file);
const roomOf = (file: string): string | undefined => /^(?:libs|apps)\/([^/]+)\//.exec(file)?.[1];

/** Who owns which table: the lib or application whose migrations create it. */
export function tableOwners(sources: readonly ProjectSource[]): Map<string, string> {
  const creations = sources.flatMap(({ file, text }) => {
    const room = roomOf(file);
    if (room === undefined || !isMigration(file)) return [];
    const created = text.matchAll(/create\s+table\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?/gi);
    return [...created].map(([, table = '']): [string, string] => [table, room]);
  });
  return new Map(creations);
}

/**
 * SQL (and entities) that reach into another room's tables. Migrations may name them in foreign keys; tests look anywhere.
 */
export function foreignTables(sources: readonly ProjectSource[]): ForeignTable[] {
  const owners = [...tableOwners(sources)];
  const running = sources.filter(({ file }) => !isMigration(file) && !file.endsWith('.spec.ts'));
  return running.flatMap((source) =>
    owners
      .filter(([table, owner]) => owner !== roomOf(source.file) && namesTable(source, table))
      .map(([table, owner]) => ({ table, owner, file: source.file })),
  );
}

/** A reference inside an SQL text, or an entity mapped to the table; prose that says "from plan" is neither. */
function namesTable({ file, text }: ProjectSource, table: string): boolean {
  const reference = new RegExp(
    `\\b(from|join|into|update|truncate|lock\\s+table)\\s+(only\\s+)?["\\\\]*${table}\\b`,
    'i',
  );
  const entity = new RegExp(`@Entity\\(\\s*(\\{\\s*name:\\s*)?['"\`]${table}['"\`]`);
  return (
    entity.test(text) || (reference.test(text) && sqlTexts(file, text).some((sql) => reference.test(sql)))
  );
}

const startsLikeSql = /^\s*(select|insert|update|delete|with|lock|truncate|from|join|left|inner|exists)\b/i;

function sqlTexts(file: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node))
      found.push(node.getText().slice(1, -1));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found.filter((sql) => startsLikeSql.test(sql));
}
