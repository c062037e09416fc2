import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const repository = join(import.meta.dirname, '../..');
const application = join(repository, 'apps/api');
/** Where the planted files stand; it exists for the compiler only. */
const planted = join(application, 'src/planted');

/** What the compiler says of one planted file; empty when it compiles. */
export type Verdicts = ReadonlyMap<string, readonly string[]>;

/** Type-checks sources as if they stood in `apps/api/src/planted`, with or without the registered catalog. */
export function typeErrorsOf(
  sources: Readonly<Record<string, string>>,
  { registered }: { registered: boolean },
): Verdicts {
  const files = new Map(Object.entries(sources).map(([name, text]) => [join(planted, name), text]));
  const options = compilerOptions();
  const host = ts.createCompilerHost(options);
  const { directoryExists, fileExists, readFile, getSourceFile } = host;
  host.directoryExists = (folder) => folder === planted || (directoryExists?.(folder) ?? true);
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const text = files.get(file);
    return text === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, text, rest[0]);
  };
  const roots = [...files.keys(), ...(registered ? [join(application, 'src/registered-catalog.ts')] : [])];
  const program = ts.createProgram(roots, options, host);
  const errors = [...files.keys()].map((file): [string, string[]] => [
    file.slice(file.lastIndexOf('/') + 1),
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(textOf),
  ]);
  return new Map(errors);
}

/** Those with which the application itself is checked. */
function compilerOptions(): ts.CompilerOptions {
  const file = join(application, 'tsconfig.json');
  const { config } = ts.parseConfigFileTextToJson(file, readFileSync(file, 'utf8'));
  return ts.parseJsonConfigFileContent({ ...(config as object), include: [], files: [] }, ts.sys, application)
    .options;
}

const textOf = ({ messageText }: ts.Diagnostic): string => ts.flattenDiagnosticMessageText(messageText, '\n');
