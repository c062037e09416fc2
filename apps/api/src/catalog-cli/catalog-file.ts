import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type CatalogForm, readCatalogForm } from '@tollgate/entitlements';
import { errorLine } from '@tollgate/kernel';
import { catalogFormSchema } from '../staff/catalog/catalog-form.schemas.js';
import { catalogSource } from './catalog-source.js';

/** The name under which a file that does not exist yet will export its catalog. */
const DEFAULT_NAME = 'seedCatalog';

/** `defineCatalog` gives back what it gets; a file needs no more of us than this. */
const DEFINE_CATALOG = dataUrl('export const defineCatalog = (form) => form;');

/** The catalog file cannot be used; the message says why. */
export class CatalogFileError extends Error {
  override readonly name = 'CatalogFileError';
}

/** A catalog as it stands in a file. */
export interface CatalogFile {
  /** The name of the export. */
  readonly name: string;
  readonly form: CatalogForm;
}

/**
 * Reads a TypeScript file that exports one `defineCatalog({ … })` and imports nothing else.
 *
 * @throws CatalogFileError when there is no such file, it does not run, or its catalog cannot be used
 */
export async function readCatalogFile(path: string): Promise<CatalogFile> {
  const exported = await exportsOf(path);
  const catalogs = Object.entries(exported).filter(([, value]) => looksLikeCatalog(value));
  const [name, value] = catalogs[0] ?? [];
  if (name === undefined || catalogs.length > 1)
    throw new CatalogFileError(`${path} exports ${catalogs.length} catalogs; it has to export one`);
  const shaped = catalogFormSchema.safeParse(value);
  if (!shaped.success) {
    const issues = shaped.error.issues.map(({ path: at, message }) => `  ${at.join('.')}: ${message}`);
    throw new CatalogFileError(`The catalog in ${path} cannot be used:\n${issues.join('\n')}`);
  }
  readCatalogForm(shaped.data, 0);
  return { name, form: shaped.data };
}

/** Writes the catalog, under the name and in the order that the file has, if it is there and can be read. */
export async function writeCatalogFile(path: string, form: CatalogForm): Promise<void> {
  const old = existsSync(path) ? await readCatalogFile(path) : null;
  writeFileSync(path, catalogSource(form, old?.name ?? DEFAULT_NAME, Object.keys(old?.form.features ?? {})));
}

async function exportsOf(path: string): Promise<Record<string, unknown>> {
  if (!existsSync(path)) throw new CatalogFileError(`There is no file ${path}`);
  // Only for whoever develops: an installation has neither the compiler nor the file.
  const { transform } = await import('@swc/core');
  try {
    const { code } = await transform(readFileSync(path, 'utf8'), {
      swcrc: false,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    const text = code.replaceAll(/(from\s*)["']@tollgate\/entitlements["']/g, `$1'${DEFINE_CATALOG}'`);
    return (await import(dataUrl(text))) as Record<string, unknown>;
  } catch (cause) {
    throw new CatalogFileError(`${path} cannot be run: ${errorLine(cause)}`, { cause });
  }
}

const looksLikeCatalog = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'plans' in value && 'features' in value;

function dataUrl(code: string): string {
  return `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
}
