import type { AuthApp } from './auth-app.js';

/** What came back; `body` is empty when it was not JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
  readonly headers: Record<string, string | string[] | number | undefined>;
}

interface Sending {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly from?: string;
}

/** Sends one request to the application, without a socket; a `body` goes as JSON unless it is text or bytes. */
export async function send(
  { app }: AuthApp,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  { body, headers = {}, from = '127.0.0.1' }: Sending = {},
): Promise<Answer> {
  const payload = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const response = await app.inject({
    method,
    url,
    remoteAddress: from,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { payload }),
  });
  const isJson = String(response.headers['content-type'] ?? '').startsWith('application/json');
  return {
    status: response.statusCode,
    body: isJson ? (JSON.parse(response.payload) as Record<string, unknown>) : {},
    text: response.payload,
    headers: response.headers,
  };
}

/** The headers of a caller with this token or key. */
export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}
