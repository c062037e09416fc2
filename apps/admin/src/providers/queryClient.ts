import { QueryClient } from '@tanstack/react-query';
import { HttpError } from 'react-admin';

const mostRetries = 2;

/** Reads are tried again when the server was away or failed, never when it answered that the request is wrong. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: (failures, error) => failures < mostRetries && isWorthRetrying(error) },
  },
});

function isWorthRetrying(error: unknown): boolean {
  return error instanceof HttpError && (error.status === 0 || error.status >= 500);
}
