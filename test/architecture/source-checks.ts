import ts from 'typescript';
import { lacksASummary } from './api-summaries.js';

/** A rule that lint cannot say: where it holds, and which piece of syntax breaks it. */
export interface SourceCheck {
  readonly name: string;
  readonly appliesTo: (file: string) => boolean;
  readonly breaks: (node: ts.Node) => boolean;
}

/** One broken check, at a line (from 1) of a file. */
export interface SourceFinding {
  readonly check: string;
  readonly file: string;
  readonly line: number;
}

const within = (room: RegExp, ...except: RegExp[]) => {
  return (file: string): boolean => room.test(file) && !except.some((open) => open.test(file));
};

const spec = /\.spec\.tsx?$/;
const ours = /^(libs|apps\/(api|sandbox))\//;
const backend = /^(libs|apps\/api)\//;
const clockRooms =
  /^(libs\/kernel\/src\/clock\/|apps\/api\/src\/launcher\/|apps\/sandbox\/src\/(main\.ts|(.*\/)?clock))/;

const providerSdk = /^(stripe|@stripe\/.+|@polar-sh\/.+)(\/|$)/;
const sqlOfItsOwn = /\b(now|gen_random_uuid|uuidv7|random)\s*\(\s*\)|\bcurrent_(timestamp|date)\b/i;
/** Recovery of a failed payment belongs to the provider's own retries. */
const charging =
  /\b(charges|paymentIntents|setupIntents|payouts|transfers)\.(create|confirm|capture)$|\binvoices\.pay$/;
const taxing = /\b(taxRates|tax\.(calculations|transactions))\.\w+$|\b(calculate|compute)(Tax|Vat)\w*$/;
/** A provider's own rooms, and the lists that say which providers there are. */
const providerRooms =
  /^(libs\/billing\/src\/providers\/(polar|stripe)|apps\/api\/src\/payment-providers|apps\/sandbox\/src\/(polar|stripe))\//;
const providerLists = /^apps\/(api\/src\/launcher\/stand-ins|sandbox\/src\/options)\.ts$/;
/** The names that no other source may know; a spec holds them against the registry. */
export const PROVIDER_NAMES: ReadonlySet<string> = new Set(['polar', 'stripe']);
const planNames = new Set(['free', 'pro', 'team', 'enterprise']);
const comparisons = new Set([
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

/** Everything that is checked by source text; each has a planted violation in planted-sources.ts. */
export const sourceChecks: readonly SourceCheck[] = [
  {
    name: 'the present is asked of the injected clock',
    appliesTo: within(ours, clockRooms, spec),
    breaks: readsTheTime,
  },
  {
    // A column's default in a migration is allowed: it serves rows that are written by hand.
    name: 'SQL gets its instants and ids as parameters',
    appliesTo: within(backend, /\/migrations\//, spec),
    breaks: (node) => isText(node) && sqlOfItsOwn.test(node.text),
  },
  {
    name: 'only leases go by the database’s real time',
    // The doctor compares the two clocks, which is its task.
    appliesTo: within(
      backend,
      /^libs\/kernel\/src\/(database|work)\//,
      /^apps\/api\/src\/doctor\/database\.check\.ts$/,
      spec,
    ),
    breaks: (node) => isText(node) && /\bclock_timestamp\s*\(/i.test(node.text),
  },
  {
    name: 'every operation of the API says in a summary what it does',
    appliesTo: within(/^apps\/api\/src\/.*\.controller\.ts$/),
    breaks: lacksASummary,
  },
  { name: 'no plan is compared by name', appliesTo: within(backend, spec), breaks: comparesAPlan },
  {
    name: 'no provider is told apart by its name',
    // A migration's default value is data of its time.
    appliesTo: within(
      /^(libs|apps\/(api|admin|sandbox)\/src)\//,
      providerRooms,
      providerLists,
      /\/migrations\//,
      spec,
    ),
    breaks: (node) => namesAProvider(node) || comparesAProvider(node),
  },
  {
    name: 'nothing is kept by the name of a provider',
    // The sandbox is made of two stand-ins, and keeps the state of each by its name.
    appliesTo: within(/^(libs|apps\/(api|admin)\/src)\//, providerRooms, spec),
    breaks: (node) => isMember(node) && PROVIDER_NAMES.has(node.name.getText()),
  },
  {
    name: 'entitlement code imports no provider SDK',
    appliesTo: within(/^libs\/(kernel|usage|entitlements)\//),
    breaks: (node) => providerSdk.test(importedModule(node) ?? ''),
  },
  {
    name: 'no card is charged, and no payment retried, by us',
    appliesTo: within(backend, spec),
    breaks: (node) => ts.isCallExpression(node) && charging.test(node.expression.getText()),
  },
  {
    name: 'tax is the provider’s to compute',
    appliesTo: within(backend, spec),
    breaks: (node) => ts.isCallExpression(node) && taxing.test(node.expression.getText()),
  },
];

/** All checks over one source, in order of lines. */
export function findingsIn(file: string, text: string, checks = sourceChecks): SourceFinding[] {
  const applying = checks.filter(({ appliesTo }) => appliesTo(file));
  if (applying.length === 0) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const findings: SourceFinding[] = [];
  const visit = (node: ts.Node): void => {
    for (const { name, breaks } of applying) {
      if (breaks(node)) findings.push({ check: name, file, line: lineOf(node, source) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return findings;
}

const lineOf = (node: ts.Node, source: ts.SourceFile): number =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

/** `new Date()` and `Date()`; with an argument, `new Date(x)` is a conversion and may stand anywhere. */
function readsTheTime(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return isNamed(node.expression, 'Date') && !node.arguments?.length;
  return ts.isCallExpression(node) && isNamed(node.expression, 'Date');
}

/** `x === 'pro'`, `case 'pro'`, `['pro', 'team'].includes(x)`, and any comparison of something called plan with a text. */
function comparesAPlan(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind)) {
    return isPlanWord(node.left, node.right) || isPlanWord(node.right, node.left);
  }
  if (ts.isCaseClause(node)) return isPlanWord(node.expression, node.parent.parent.expression);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { name, expression: list } = node.expression;
  return (
    name.text === 'includes' &&
    ts.isArrayLiteralExpression(list) &&
    list.elements.some((word) => isPlanWord(word))
  );
}

/** A literal that names a plan, or any literal held against something that is called a plan. */
const isPlanWord = (word: ts.Node, against?: ts.Node): boolean =>
  ts.isStringLiteralLike(word) &&
  (planNames.has(word.text) || (against !== undefined && /\bplan(Key|Id)?$/i.test(against.getText())));

/** Any text that is a provider's name, wherever it stands, except what a module is imported by. */
const namesAProvider = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) &&
  PROVIDER_NAMES.has(node.text) &&
  !(importedModule(node.parent) === node.text || importedModule(node.parent.parent) === node.text);

/** Something that is called provider, or its name, held against a text of any kind. */
function comparesAProvider(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind)) {
    return isProviderWord(node.left, node.right) || isProviderWord(node.right, node.left);
  }
  return ts.isCaseClause(node) && isProviderWord(node.expression, node.parent.parent.expression);
}

const isProviderWord = (word: ts.Node, against: ts.Node): boolean =>
  ts.isStringLiteralLike(word) &&
  !PROVIDER_NAMES.has(word.text) &&
  /\bprovider(Name)?(\.name)?$/i.test(against.getText());

/** `x.name`, `{ name: … }` and a declared property. */
const isMember = (
  node: ts.Node,
): node is ts.PropertyAccessExpression | ts.PropertyAssignment | ts.PropertySignature =>
  ts.isPropertyAccessExpression(node) || ts.isPropertyAssignment(node) || ts.isPropertySignature(node);

const isNamed = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name;

const isText = (node: ts.Node): node is ts.LiteralLikeNode =>
  ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node);

/** The module an import, a re-export, an `import()` or a `require()` names. */
function importedModule(node: ts.Node): string | undefined {
  const target =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
      ? node.moduleSpecifier
      : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
        ? node.argument.literal
        : ts.isCallExpression(node) &&
            (node.expression.kind === ts.SyntaxKind.ImportKeyword || isNamed(node.expression, 'require'))
          ? node.arguments[0]
          : undefined;
  return target !== undefined && ts.isStringLiteralLike(target) ? target.text : undefined;
}
