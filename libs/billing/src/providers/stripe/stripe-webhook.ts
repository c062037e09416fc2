import type { VerifiedEvent, WebhookHeaders } from '../payment-provider.js';
import { SignatureRefusedError } from '../provider.errors.js';
import { assertSignedRecently } from '../signature-tolerance.js';
import { parseEventBytes } from '../webhook-bytes.js';
import { toStripeEvent } from './stripe-event.mapper.js';
import { isSignedBy, readStripeSignature } from './stripe-signature.js';

/**
 * Verifies a delivery with Stripe's SDK, and with what the SDK leaves out: times of signing in the future, exact
 * bytes, every secret tried, thin events. Only a delivery that passed is parsed.
 *
 * @throws SignatureRefusedError signature missing, wrong, stale or from the future
 * @throws UnreadableEventError good signature, but not a JSON object
 */
export function verifyStripeWebhook(
  rawBody: Buffer,
  headers: WebhookHeaders,
  secrets: readonly string[],
  keyIsLive: boolean | null,
): VerifiedEvent {
  const signature = readStripeSignature(headers);
  assertSignedRecently(signature.timestamp);
  if (!Buffer.isBuffer(rawBody)) throw new SignatureRefusedError('mismatch');
  const verdicts = secrets.map((secret) => isSignedBy(secret, rawBody, signature));
  if (!verdicts.includes(true)) throw new SignatureRefusedError('mismatch');
  return toStripeEvent(parseEventBytes(rawBody), rawBody, signature, keyIsLive);
}
