import type { DataSource } from 'typeorm';

/** What each room owns, and what its columns must not know: words of the rooms above it. */
export interface Room {
  readonly name: string;
  readonly tables: ReadonlySet<string>;
  /** Column names that speak of something that another room knows. */
  readonly foreignWords: RegExp;
}

/** The one table that rows of every room may point to: who pays. */
const COMMON = 'billing_owner';

interface Column {
  readonly table: string;
  readonly column: string;
}

interface Reference {
  readonly from: string;
  readonly to: string;
}

/** Where a database does not keep the rooms apart: tables of nobody, foreign words, keys from one room into another. */
export async function schemaFaults(
  database: Pick<DataSource, 'query'>,
  rooms: readonly Room[],
): Promise<string[]> {
  const columns = await database.query<Column[]>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and table_name <> 'migrations' order by 1, 2`,
  );
  const references = await database.query<Reference[]>(
    `select conrelid::regclass::text as from, confrelid::regclass::text as to from pg_constraint
     where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`,
  );
  const roomOf = (table: string): Room | undefined => rooms.find(({ tables }) => tables.has(table));
  const tables = new Set(columns.map(({ table }) => table));
  return [
    ...[...tables].filter((table) => !roomOf(table)).map((table) => `${table} belongs to no room`),
    ...rooms.flatMap(({ name, tables: own }) =>
      [...own].filter((table) => !tables.has(table)).map((table) => `${name} has no table ${table}`),
    ),
    ...columns
      .filter(({ table, column }) => roomOf(table)?.foreignWords.test(column))
      .map(({ table, column }) => `${table}.${column} speaks of another room`),
    ...references
      .filter(({ from, to }) => to !== COMMON && roomOf(from) !== roomOf(to))
      .map(({ from, to }) => `${from} points to ${to}`),
  ];
}
