import { InvalidRequestError } from '@tollgate/kernel';

/**
 * Refuses a catalog form for what stands at `path` (keys with dots between: `features.export.window`).
 *
 * @throws InvalidRequestError `catalog_invalid`, always
 */
export function refuse(path: string, message: string): never {
  throw new InvalidRequestError('catalog_invalid', `The catalog cannot be used: ${path}: ${message}`, {
    issues: [{ path, message }],
  });
}
