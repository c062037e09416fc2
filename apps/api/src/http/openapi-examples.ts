import type { OpenAPIObject } from '@nestjs/swagger';

interface Content {
  examples?: Record<string, { $ref: string }>;
}

interface Response {
  readonly description?: string;
  readonly content?: Record<string, Content>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/**
 * Gives every error response its examples: one for each code that its description names, as `@ApiErrors` wrote it.
 * Responses that carry a decision get one for each reason.
 */
export function referToExamples(document: OpenAPIObject): void {
  const known = Object.keys(document.components?.examples ?? {});
  const reasons = known.filter((name) => name.startsWith('decision.'));
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const responses = Object.entries(path[method]?.responses ?? {}) as [string, Response][];
      for (const [status, response] of responses) {
        const names = status.startsWith('2')
          ? isDecision(response)
            ? reasons
            : []
          : codesIn(response.description).filter((name) => known.includes(name));
        refer(response, names);
      }
    }
  }
}

function codesIn(description = ''): string[] {
  return [...description.matchAll(/`([a-z_]+)`/g)].map(([, code = '']) => `error.${code}`);
}

/** A decision is told by what only it has: a discriminator between allowed and denied. */
function isDecision({ content }: Response): boolean {
  const schema = (content?.['application/json'] as { schema?: object } | undefined)?.schema;
  const { oneOf } = (schema ?? {}) as { oneOf?: readonly { properties?: object }[] };
  return oneOf?.some(({ properties = {} }) => 'allowed' in properties) ?? false;
}

function refer({ content }: Response, names: readonly string[]): void {
  const json = content?.['application/json'];
  if (json === undefined || names.length === 0) return;
  json.examples = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/examples/${name}` }]));
}
