/** A decoded form: nested by brackets, as Stripe's SDK encodes it. */
export type FormValue = string | FormValue[] | { [key: string]: FormValue };

/** A form at its top level. */
export type FormFields = Record<string, FormValue>;

/** The form cannot be read: too deep, or a key no form should have. */
export class FormError extends Error {}

const MAX_DEPTH = 8;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Decodes `items[0][quantity]=5&metadata[plan]=pro&expand[]=x` into objects and arrays.
 * @throws FormError on nesting over 8 levels and on prototype keys.
 */
export function parseForm(text: string): FormFields {
  const root: FormFields = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = pathOf(name);
    let node: FormFields = root;
    for (const key of path.slice(0, -1)) {
      const next = node[key];
      node = typeof next === 'object' && !Array.isArray(next) ? next : (node[key] = {});
    }
    const last = path.at(-1) ?? name;
    node[last === '' ? String(Object.keys(node).length) : last] = value;
  }
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, withArrays(value)]));
}

function pathOf(name: string): string[] {
  const bracket = name.indexOf('[');
  const path =
    bracket < 1
      ? [name]
      : [
          name.slice(0, bracket),
          ...name
            .slice(bracket + 1)
            .replace(/\]$/, '')
            .split(']['),
        ];
  if (path.length > MAX_DEPTH) throw new FormError(`Parameter nested too deeply: ${name.slice(0, 80)}`);
  const forbidden = path.find((key) => FORBIDDEN.has(key));
  if (forbidden !== undefined) throw new FormError(`Invalid parameter name: ${forbidden}`);
  return path;
}

// Objects whose keys are 0, 1, 2 … were arrays before they were encoded.
function withArrays(value: FormValue): FormValue {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withArrays(inner)] as const);
  if (entries.length > 0 && entries.every(([key]) => /^\d+$/.test(key))) {
    return entries.toSorted(([left], [right]) => Number(left) - Number(right)).map(([, inner]) => inner);
  }
  return Object.fromEntries(entries);
}
