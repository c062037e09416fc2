import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type CatalogCommand =
  | { readonly verb: 'diff' | 'pull'; readonly file: string }
  | {
      readonly verb: 'push';
      readonly file: string;
      readonly reason: string;
      /** The version that must still be the current one; null for whichever is when it begins. */
      readonly base: number | null;
    };

/** The command line cannot be understood; the message says what is wrong with it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** How it is called. */
export const USAGE = `npm run catalog -- diff [--file F]                          what the file would change; exit 1 when it would
npm run catalog -- pull [--file F]                          writes the file from the database
npm run catalog -- push --reason "…" [--base N] [--file F]  publishes the file as the next version`;

const DEFAULT_FILE = 'apps/api/src/database/seeds/catalog.ts';
const SHORTEST_REASON = 3;
const LONGEST_REASON = 500;

/**
 * Reads the arguments after the program's name.
 *
 * @throws UsageError
 */
export function catalogCommand(args: readonly string[]): CatalogCommand {
  const { positionals, values } = parsed(args);
  const [verb, ...rest] = positionals;
  const file = values.file ?? DEFAULT_FILE;
  if (rest.length > 0) throw new UsageError(`"${rest[0]}" is one word too many`);
  if (verb !== 'diff' && verb !== 'pull' && verb !== 'push')
    throw new UsageError(
      verb === undefined ? 'Say diff, pull or push' : `"${verb}" is not diff, pull or push`,
    );
  if (verb === 'push') return { verb, file, reason: reasonOf(values.reason), base: baseOf(values.base) };
  if (values.reason !== undefined || values.base !== undefined)
    throw new UsageError(`--reason and --base belong to push, not to ${verb}`);
  return { verb, file };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { file: { type: 'string' }, reason: { type: 'string' }, base: { type: 'string' } },
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function reasonOf(text: string | undefined): string {
  const reason = text?.trim() ?? '';
  if (reason.length < SHORTEST_REASON || reason.length > LONGEST_REASON)
    throw new UsageError(`push needs --reason, ${SHORTEST_REASON} to ${LONGEST_REASON} characters`);
  return reason;
}

function baseOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--base ${text} is not the number of a version`);
  return Number(text);
}
