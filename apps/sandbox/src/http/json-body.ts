import type { FastifyInstance } from 'fastify';

const MAX_DEPTH = 64;

/** JSON nested deeper than anything a provider sends: it could be parsed, but not written out again. */
export class TooDeepError extends Error {
  readonly statusCode = 400;
}

/**
 * Reads JSON bodies in this scope: an empty one is none at all (the Polar SDK names JSON also where it sends nothing),
 * prototype keys and nesting over 64 levels are refused with 400.
 */
export function acceptJson(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text === '') done(null, undefined);
    else if (depthOf(text) > MAX_DEPTH) done(new TooDeepError('The body is nested too deeply.'));
    else void parseJson(request, text, done);
  });
}

/** Deepest nesting of arrays and objects in a JSON text; brackets inside strings do not count. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.replace(/"(?:[^"\\]|\\.)*"/g, '').matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
