import { createHmac } from 'node:crypto';
import type { ProviderName } from '../options.js';

/** Headers of one signed attempt. `realSeconds` is the machine's time: signatures never follow the virtual clock. */
export function signWebhook(
  provider: ProviderName,
  event: { id: string; body: string },
  secret: string,
  realSeconds: number,
): Record<string, string> {
  return provider === 'polar'
    ? polarHeaders(event, secret, realSeconds)
    : { 'stripe-signature': `t=${realSeconds},v1=${hex(`${realSeconds}.${event.body}`, secret)}` };
}

// Polar signs by Standard Webhooks, but its key is the UTF-8 bytes of the whole secret, prefix included.
function polarHeaders(
  event: { id: string; body: string },
  secret: string,
  realSeconds: number,
): Record<string, string> {
  const signature = createHmac('sha256', Buffer.from(secret, 'utf8'))
    .update(`${event.id}.${realSeconds}.${event.body}`)
    .digest('base64');
  return {
    'webhook-id': event.id,
    'webhook-timestamp': String(realSeconds),
    'webhook-signature': `v1,${signature}`,
  };
}

function hex(content: string, secret: string): string {
  return createHmac('sha256', secret).update(content).digest('hex');
}
