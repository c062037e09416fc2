import ts from 'typescript';

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
    appliesTo: within(backend, /^libs\/kernel\/src\/(database|work)\//, spec),
    breaks: (node) => isText(node) && /\bclock_timestamp\s*\(/i.test(node.text),
  },
  { name: 'no plan is compared by name', appliesTo: within(backend, spec), breaks: comparesAPlan },
  {
    name: 'entitlement code imports no provider SDK',
    appliesTo: within(/^libs\/(kernel|usage|entitlements)\//),
    breaks: (node) => providerSdk.test(importedModule(node) ?? ''),
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
