import { realNow } from '../clock/real-time.js';
import type { WebhookAttempt } from './webhook-record.js';

/** Posts the exact bytes once. A redirect is not followed and counts as whatever status it has. */
export async function postOnce(
  url: string,
  body: string,
  headers: Record<string, string>,
  limits: { timeoutMs: number; stop: AbortSignal },
): Promise<Omit<WebhookAttempt, 'at'>> {
  const started = realNow();
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', 'user-agent': 'payment-sandbox-webhooks', ...headers },
      body,
      signal: AbortSignal.any([limits.stop, AbortSignal.timeout(limits.timeoutMs)]),
    });
    await response.arrayBuffer();
    return { status: response.status, error: null, durationMs: realNow() - started };
  } catch (error) {
    return { status: null, error: describe(error), durationMs: realNow() - started };
  }
}

// fetch hides "connection refused" in the cause of a generic error.
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
