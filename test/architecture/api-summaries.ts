import ts from 'typescript';

const routes = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'All']);

/** Whether it is a route of a documented controller without a summary of its own. */
export function lacksASummary(node: ts.Node): boolean {
  if (!ts.isMethodDeclaration(node) || ![...decoratorsOf(node).keys()].some((name) => routes.has(name)))
    return false;
  if (decoratorsOf(node.parent).has('ApiExcludeController')) return false;
  return !/\bsummary\s*:\s*['"`][^'"`]/.test(decoratorsOf(node).get('ApiOperation') ?? '');
}

/** The decorators of a class or a method by name, with their text. */
function decoratorsOf(node: ts.Node): ReadonlyMap<string, string> {
  const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  return new Map(
    decorators.map(({ expression }) => {
      const name = ts.isCallExpression(expression) ? expression.expression : expression;
      return [name.getText(), expression.getText()];
    }),
  );
}
