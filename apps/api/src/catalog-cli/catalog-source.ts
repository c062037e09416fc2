import type { CatalogForm } from '@tollgate/entitlements';

/** As wide as the formatter lets a line be, so that it finds nothing to change. */
const WIDTH = 110;

/**
 * A catalog as the text of a TypeScript file that exports it under `name`. Features keep the order of `order` (the
 * keys of the file as it was); new ones come last.
 */
export function catalogSource(form: CatalogForm, name: string, order: readonly string[]): string {
  const { defaultPlan, plans, features } = form;
  const value = { defaultPlan, plans, features: inOrder(features, order) };
  return `import { defineCatalog } from '@tollgate/entitlements';

/** The catalog that an empty database starts with; afterwards the database is the truth. */
export const ${name} = defineCatalog(${literal(value, 0, `export const ${name} = defineCatalog(`.length + 2)});
`;
}

function inOrder<Value>(record: Readonly<Record<string, Value>>, order: readonly string[]): object {
  const known = order.filter((key) => Object.hasOwn(record, key));
  const added = Object.keys(record).filter((key) => !known.includes(key));
  return Object.fromEntries([...known, ...added].map((key) => [key, record[key]]));
}

/** One line where it fits beside the `taken` characters of its line, else one line for each entry. */
function literal(value: unknown, indent: number, taken: number): string {
  const line = inline(value);
  if (typeof value !== 'object' || value === null || taken + line.length <= WIDTH) return line;
  const inner = ' '.repeat(indent + 2);
  const entries = Array.isArray(value)
    ? value.map((item: unknown) => inner + literal(item, indent + 2, indent + 3))
    : Object.entries(value).map(([key, item]) => {
        const head = `${inner}${keyText(key)}: `;
        return head + literal(item, indent + 2, head.length + 1);
      });
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return `${open}\n${entries.join(',\n')},\n${' '.repeat(indent)}${close}`;
}

function inline(value: unknown): string {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, item]) => `${keyText(key)}: ${inline(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

const keyText = (key: string): string => (/^[a-z_$][\w$]*$/i.test(key) ? key : text(key));

/** In the quotes that need no escape, single ones first. */
function text(value: string): string {
  const json = JSON.stringify(value);
  if (value.includes("'") && !value.includes('"')) return json;
  return `'${json
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}
