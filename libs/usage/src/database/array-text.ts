/** An array as Postgres reads it, of values that need no quotes: numbers, UUIDs, null. */
export function plainArray(values: readonly (string | bigint | number | null)[]): string {
  return `{${values.map((value) => value ?? 'NULL').join(',')}}`;
}

/** An array as Postgres reads it, of any texts, null among them. */
export function textArray(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : quoted(value))).join(',')}}`;
}

/** An array as Postgres reads it, of instants, null among them; those that come again are spelled once. */
export function instantArray(values: readonly (Date | null)[]): string {
  let last: Date | null = null;
  let text = 'NULL';
  return `{${values
    .map((value) => {
      if (value === last) return text;
      last = value;
      text = value === null ? 'NULL' : `"${value.toISOString()}"`;
      return text;
    })
    .join(',')}}`;
}

const SPECIAL = /["\\]/;

function quoted(text: string): string {
  return SPECIAL.test(text) ? `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"` : `"${text}"`;
}
