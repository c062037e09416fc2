/** The value under a key that came from outside; a name every object inherits (`constructor`) finds nothing. */
export function lookup<T>(records: Record<string, T>, key: string | null | undefined): T | undefined {
  return typeof key === 'string' && Object.hasOwn(records, key) ? records[key] : undefined;
}
