import type { Attempt, ProviderCalls } from './provider-call.js';
import { asProviderId } from './tolerant-reader.js';

/**
 * Reads what has an id at a provider; null when the provider knows no such id, or when it can be no provider's id: then
 * nothing is asked, since an id stands in a path.
 */
export async function readById<T>(
  calls: ProviderCalls,
  id: string,
  read: Attempt<T>,
  isUnknown: (error: unknown) => boolean,
): Promise<T | null> {
  if (asProviderId(id) === null) return null;
  return calls.repeatably(async (milliseconds) => {
    try {
      return await read(milliseconds);
    } catch (error) {
      if (isUnknown(error)) return null;
      throw error;
    }
  });
}
