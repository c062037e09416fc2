import type { INestApplicationContext } from '@nestjs/common';
import {
  type Catalog,
  CatalogPublisher,
  Catalogs,
  diffCatalogs,
  formOfCatalog,
  type Published,
  readCatalogForm,
} from '@tollgate/entitlements';
import { AuditLog, type Principal, principalName, TransactionRunner } from '@tollgate/kernel';
import type { CatalogCommand } from './catalog-command.js';
import { readCatalogFile, writeCatalogFile } from './catalog-file.js';
import { changeLines } from './change-lines.js';

const ACTOR: Principal = { kind: 'system', name: 'catalog-cli' };

/** What came of a command: lines to print, and whether file and database differ. */
export interface Outcome {
  readonly lines: readonly string[];
  readonly differs: boolean;
}

/** Carries a command out; `file` is its absolute path. Refusals are thrown as DomainErrors. */
export async function carryOut(
  app: INestApplicationContext,
  command: CatalogCommand,
  file: string,
): Promise<Outcome> {
  const current = app.get(Catalogs).current();
  switch (command.verb) {
    case 'diff':
      return difference(current, command.file, file);
    case 'pull':
      await writeCatalogFile(file, formOfCatalog(current));
      return { lines: [`${command.file} now says what version ${current.version} says.`], differs: false };
    case 'push':
      return push(app, current, command, file);
  }
}

async function difference(current: Catalog, name: string, file: string): Promise<Outcome> {
  const { form } = await readCatalogFile(file);
  const changes = diffCatalogs(current, readCatalogForm(form, current.version + 1));
  if (changes.length === 0)
    return { lines: [`${name} says the same as version ${current.version}.`], differs: false };
  const heading = `From version ${current.version}, which is in force, to ${name}:`;
  return { lines: [heading, ...changeLines(changes)], differs: true };
}

async function push(
  app: INestApplicationContext,
  current: Catalog,
  { file: name, base, reason }: Extract<CatalogCommand, { verb: 'push' }>,
  file: string,
): Promise<Outcome> {
  const { form } = await readCatalogFile(file);
  const { catalog, changes } = await app.get(TransactionRunner).run(async (tx): Promise<Published> => {
    const by = { author: principalName(ACTOR), reason, base: base ?? current.version };
    const published = await app.get(CatalogPublisher).publish(tx, form, by);
    const { version } = published.catalog;
    await app.get(AuditLog).record(tx, {
      actor: ACTOR,
      reason,
      action: 'catalog.published',
      subject: { type: 'catalog_version', id: String(version) },
      before: { version: version - 1 },
      after: { version, changes: published.changes },
    });
    return published;
  });
  return { lines: [`${name} is now version ${catalog.version}:`, ...changeLines(changes)], differs: false };
}
