import { createHmac } from 'node:crypto';
import Stripe from 'stripe';
import type { WebhookHeaders } from '../payment-provider.js';
import { SignatureRefusedError } from '../provider.errors.js';
import { SIGNATURE_TOLERANCE_SECONDS } from '../signature-tolerance.js';

const SCHEMED = /^[a-z]\w*=[^\s=]+$/;
const SIGNATURE = /^v1=[0-9a-f]{64}$/;

/** The header `stripe-signature`, checked for its form: exactly one time of signing, at least one signature. */
export interface StripeSignature {
  readonly header: string;
  /** Seconds since 1970, as written. */
  readonly timestamp: string;
}

/**
 * Reads the signature header more strictly than the SDK, which takes the last of several times and cuts signatures at
 * a second `=`: one delivery has one spelling. Parts of other schemes (`v0`) are passed over.
 *
 * @throws SignatureRefusedError the header is missing, repeated or malformed
 */
export function readStripeSignature(headers: WebhookHeaders): StripeSignature {
  const header: unknown = headers['stripe-signature'];
  if (header === undefined || header === '') throw new SignatureRefusedError('missing');
  if (typeof header !== 'string') throw new SignatureRefusedError('mismatch');
  const parts = header.split(',');
  const times = parts.filter((part) => part.startsWith('t='));
  const signatures = parts.filter((part) => part.startsWith('v1='));
  const [time = ''] = times;
  const wellFormed =
    parts.every((part) => SCHEMED.test(part)) && signatures.every((part) => SIGNATURE.test(part));
  if (!wellFormed || signatures.length === 0 || times.length !== 1) {
    throw new SignatureRefusedError('mismatch');
  }
  return { header, timestamp: time.slice(2) };
}

/** Whether `secret` signed exactly these bytes; the SDK reads the header and compares in constant time. */
export function isSignedBy(secret: string, rawBody: Buffer, { header, timestamp }: StripeSignature): boolean {
  const overBytes = new RawBytesHmac(rawBody, timestamp);
  const tolerance = SIGNATURE_TOLERANCE_SECONDS;
  try {
    return Stripe.webhooks.signature?.verifyHeader(rawBody, header, secret, tolerance, overBytes) ?? false;
  } catch {
    // The SDK answers "not signed" by throwing, and not always its own error class: whatever it threw, refuse.
    return false;
  }
}

/**
 * The SDK decodes the body before it signs, and thereby drops a byte order mark and makes all invalid bytes alike.
 * This computes the same HMAC over the bytes as they came.
 */
class RawBytesHmac extends Stripe.CryptoProvider {
  constructor(
    private readonly rawBody: Buffer,
    private readonly timestamp: string,
  ) {
    super();
  }

  override computeHMACSignature(_decoded: string, secret: string): string {
    return createHmac('sha256', secret).update(`${this.timestamp}.`).update(this.rawBody).digest('hex');
  }
}
