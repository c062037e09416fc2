/** True when a repeated query parameter is absent or names the value. */
export function names(filter: string | string[] | undefined, value: string | null | undefined): boolean {
  return filter === undefined || (typeof value === 'string' && [filter].flat().includes(value));
}

/** True when a boolean query parameter is absent or equals the value. */
export function says(filter: 'true' | 'false' | undefined, value: boolean): boolean {
  return filter === undefined || String(value) === filter;
}

/** True when the instant lies inside the half-open bounds that were given; one that is null lies in none. */
export function within(at: string | null, after: string | undefined, before: string | undefined): boolean {
  if (after === undefined && before === undefined) return true;
  if (at === null) return false;
  const instant = Date.parse(at);
  return (
    (after === undefined || instant >= Date.parse(after)) &&
    (before === undefined || instant < Date.parse(before))
  );
}

/** True when every `metadata[key]=value` of a query is met; values are compared as text. */
export function hasMetadata(query: Record<string, unknown>, metadata: Record<string, unknown>): boolean {
  return Object.entries(query).every(([name, wanted]) => {
    const key = /^metadata\[(.+)\]$/.exec(name)?.[1];
    if (key === undefined) return true;
    const values = [wanted].flat().map(String);
    return Object.hasOwn(metadata, key) && values.includes(String(metadata[key]));
  });
}

/**
 * Sorted by `name` or `-name`, one key after the other; names nobody knows are passed over. Equal ones keep their order.
 */
export function sortedBy<T>(
  items: readonly T[],
  sorting: string | string[] | undefined,
  keys: Record<string, (item: T) => string | number | null | undefined>,
): T[] {
  const wanted = sorting === undefined ? [] : [sorting].flat();
  return items.toSorted((left, right) => {
    for (const name of wanted) {
      const key = keys[name.replace(/^-/, '')];
      const order = key === undefined ? 0 : compare(key(left), key(right));
      if (order !== 0) return name.startsWith('-') ? -order : order;
    }
    return 0;
  });
}

function compare(
  left: string | number | null | undefined,
  right: string | number | null | undefined,
): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left ?? '').localeCompare(String(right ?? ''));
}
