import { resolve } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { DomainError, errorLine, isDatabaseUnavailable } from '@tollgate/kernel';
import { CatalogCliModule } from './catalog-cli.module.js';
import { catalogCommand, USAGE, UsageError } from './catalog-command.js';
import { carryOut, type Outcome } from './catalog-desk.js';
import { CatalogFileError } from './catalog-file.js';

/** What the command ends with. */
export const EXIT = { fine: 0, differs: 1, usage: 2, refused: 3, unreachable: 4 } as const;

/** Where it runs. */
export interface CliSurroundings {
  /** The folder that file names are relative to. */
  readonly root: string;
  /** Null when neither `DATABASE_URL` is set nor `npm start` runs. */
  readonly databaseUrl: string | null;
  /** As the application on this database has it. */
  readonly clock: 'system' | 'test';
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

const NO_DATABASE =
  'There is no database: start Tollgate here with npm start, or set DATABASE_URL to the database you mean.';

/** Runs one command, and answers its exit code; never throws. */
export async function runCatalogCli(args: readonly string[], around: CliSurroundings): Promise<number> {
  if (args.some((argument) => argument === '--help' || argument === '-h')) {
    around.print(USAGE);
    return EXIT.fine;
  }
  try {
    const { lines, differs } = await outcomeOf(args, around);
    for (const line of lines) around.print(line);
    return differs ? EXIT.differs : EXIT.fine;
  } catch (error) {
    const { code, text } = failureOf(error);
    around.complain(text);
    return code;
  }
}

async function outcomeOf(args: readonly string[], around: CliSurroundings): Promise<Outcome> {
  const command = catalogCommand(args);
  if (around.databaseUrl === null) throw new UnreachableError(NO_DATABASE);
  const module = CatalogCliModule.forRoot(around.databaseUrl, around.clock);
  const app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  try {
    return await carryOut(app, command, resolve(around.root, command.file));
  } finally {
    await app.close();
  }
}

class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** A table that is missing: nothing of ours was ever started on this database. */
const UNDEFINED_TABLE = '42P01';

function failureOf(error: unknown): { code: number; text: string } {
  if (error instanceof UsageError) return { code: EXIT.usage, text: `${error.message}\n\n${USAGE}` };
  if (error instanceof CatalogFileError) return { code: EXIT.refused, text: error.message };
  if (error instanceof DomainError) return { code: EXIT.refused, text: `${error.code}: ${error.message}` };
  if (error instanceof UnreachableError) return { code: EXIT.unreachable, text: error.message };
  if ((error as { code?: unknown }).code === UNDEFINED_TABLE)
    return { code: EXIT.unreachable, text: 'This database has no catalog yet: start Tollgate on it once.' };
  const text = isDatabaseUnavailable(error) ? 'The database cannot be reached' : 'The command failed';
  return { code: EXIT.unreachable, text: `${text}: ${errorLine(error)}` };
}
