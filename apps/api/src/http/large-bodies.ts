import type { FastifyRequest } from 'fastify';

/** More than any question of ours: a batch of a hundred features for a hundred subjects has a tenth. */
const MOST_VALUES = 5_000;
/** As many as fit into the bytes that a body may have, were each an id of somebody in a rollout. */
const MOST_VALUES_OF_CATALOGS = 50_000;

/** Routes that take a whole catalog. */
const CATALOG_ROUTES: ReadonlySet<string> = new Set([
  'POST /staff/catalog/drafts',
  'PUT /staff/catalog/drafts/:id',
]);

/** Most values in the JSON body of the route that this request matched. */
export function mostValuesOf(request: FastifyRequest): number {
  const route = `${request.method} ${request.routeOptions.url ?? ''}`;
  return CATALOG_ROUTES.has(route) ? MOST_VALUES_OF_CATALOGS : MOST_VALUES;
}
