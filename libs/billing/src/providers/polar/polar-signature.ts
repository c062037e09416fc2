import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookHeaders } from '../payment-provider.js';
import { SignatureRefusedError } from '../provider.errors.js';

/** The three headers of a Standard Webhooks delivery, each checked for its form. */
export interface PolarSignature {
  readonly id: string;
  /** Seconds since 1970, as written. */
  readonly timestamp: string;
  /** The base64 signatures of version 1, in their canonical spelling. */
  readonly candidates: readonly string[];
}

/** Printable and without the dot: `id.timestamp.body` is what is signed, and must be cut in one way only. */
const DELIVERY_ID = /^[\x21-\x2d\x2f-\x7e]{1,200}$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})+$|^(?:[A-Za-z0-9+/]{4})*[A-Za-z0-9+/]{2,3}={0,2}$/;
/** One part of the signature header: a version, and what it signs with. */
const VERSIONED = /^v\d+[a-z]*,[\w+/=-]+$/;
/** Each candidate costs an HMAC of the whole body per key; a real delivery carries one or two. */
const MOST_CANDIDATES = 8;

/**
 * Reads the signature headers. Only the canonical base64 of 32 bytes passes: the SDK's decoder would accept several
 * spellings of one signature. Parts of other versions (`v1a`) are passed over.
 *
 * @throws SignatureRefusedError a header is missing, repeated or malformed
 */
export function readPolarSignature(headers: WebhookHeaders): PolarSignature {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signature = headers['webhook-signature'];
  if (!id || !timestamp || !signature) throw new SignatureRefusedError('missing');
  if (![id, timestamp, signature].every((value) => typeof value === 'string') || !DELIVERY_ID.test(id)) {
    throw new SignatureRefusedError('mismatch');
  }
  const parts = signature.split(' ');
  const candidates = parts.filter((part) => part.startsWith('v1,')).map((part) => part.slice(3));
  const wellFormed = parts.every((part) => VERSIONED.test(part)) && candidates.every(isCanonical);
  if (!wellFormed || candidates.length === 0 || candidates.length > MOST_CANDIDATES) {
    throw new SignatureRefusedError('mismatch');
  }
  return { id, timestamp, candidates };
}

/**
 * Whether one of the candidates signs these very bytes. Needed only for bytes that are not UTF-8, which the SDK
 * cannot verify because it signs text; no early exit, constant time.
 */
export function signsRawBytes(signature: PolarSignature, rawBody: Buffer, secret: string): boolean {
  const verdicts = polarKeys(secret).flatMap((key) => {
    const hmac = createHmac('sha256', key).update(`${signature.id}.${signature.timestamp}.`).update(rawBody);
    const expected = hmac.digest();
    return signature.candidates.map((one) => timingSafeEqual(expected, Buffer.from(one, 'base64')));
  });
  return verdicts.includes(true);
}

/** Both styles of key: the bytes of the whole secret (Polar), and its base64-decoded remainder (Standard Webhooks). */
function polarKeys(secret: string): readonly Buffer[] {
  const remainder = secret.replace(/^whsec_/, '');
  const decoded = BASE64.test(remainder) ? [Buffer.from(remainder, 'base64')] : [];
  return [Buffer.from(secret), ...decoded];
}

function isCanonical(base64: string): boolean {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === 32 && bytes.toString('base64') === base64;
}
