import { webhooks } from '@polar-sh/sdk/2026-10';
import type { VerifiedEvent, WebhookHeaders } from '../payment-provider.js';
import { SignatureRefusedError } from '../provider.errors.js';
import { assertSignedRecently } from '../signature-tolerance.js';
import { decodeExactly, parseEventBytes } from '../webhook-bytes.js';
import { toPolarEvent } from './polar-event.mapper.js';
import { readPolarSignature, signsRawBytes, type PolarSignature } from './polar-signature.js';

/** What one secret says of a delivery; `unknown_type` is well signed, but of a type the SDK does not know. */
type Verdict = 'mismatch' | 'known' | 'unknown_type';

/**
 * Verifies a delivery with Polar's SDK, and with what the SDK leaves out: headers of one form only, exact bytes,
 * every secret tried. Only a delivery that passed is parsed.
 *
 * @throws SignatureRefusedError signature missing, wrong, stale or from the future
 * @throws UnreadableEventError good signature, but not a JSON object
 */
export async function verifyPolarWebhook(
  rawBody: Buffer,
  headers: WebhookHeaders,
  secrets: readonly string[],
): Promise<VerifiedEvent> {
  const signature = readPolarSignature(headers);
  assertSignedRecently(signature.timestamp);
  if (!Buffer.isBuffer(rawBody)) throw new SignatureRefusedError('mismatch');
  const verdicts = await Promise.all(secrets.map((secret) => judge(rawBody, signature, secret)));
  const good = verdicts.find((verdict) => verdict !== 'mismatch');
  if (good === undefined) throw new SignatureRefusedError('mismatch');
  return toPolarEvent(parseEventBytes(rawBody), signature, good === 'known');
}

async function judge(rawBody: Buffer, signature: PolarSignature, secret: string): Promise<Verdict> {
  const text = decodeExactly(rawBody);
  if (text === null) return signsRawBytes(signature, rawBody, secret) ? 'known' : 'mismatch';
  try {
    await webhooks.validateEvent(text, toSdkHeaders(signature), secret);
    return 'known';
  } catch (error) {
    return toVerdict(error);
  }
}

function toSdkHeaders({ id, timestamp, candidates }: PolarSignature): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': candidates.map((candidate) => `v1,${candidate}`).join(' '),
  };
}

/**
 * The SDK parses after a good signature, so what it throws about the content says that the signature was good.
 * Whatever else it threw, refuse.
 */
function toVerdict(error: unknown): Verdict {
  if (error instanceof webhooks.PolarWebhookUnknownTypeError) return 'unknown_type';
  if (error instanceof webhooks.PolarWebhookVerificationError) return 'mismatch';
  return error instanceof webhooks.PolarWebhookError ? 'known' : 'mismatch';
}
