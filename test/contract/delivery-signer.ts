import { createHmac } from 'node:crypto';
import type { WebhookHeaders } from '../../libs/billing/src/providers/payment-provider.js';
import { fixture } from '../fixtures/providers/read-fixture.js';

/** How a delivery is to be signed; what is left out is as a provider does it. */
export interface Signing {
  readonly secret: string;
  /** Time of signing, in seconds from now (negative: in the past). */
  readonly secondsFromNow?: number;
  readonly deliveryId?: string;
}

/** Signs bytes as one provider does, written from its documentation and without its SDK. */
export interface DeliverySigner {
  /** Names of the headers, all of which must be there. */
  readonly headerNames: readonly string[];
  /** Bytes of a typical event about a subscription. */
  readonly body: Buffer;
  /** The same event with another type. */
  bodyOfType(type: string): Buffer;
  sign(body: Buffer, signing: Signing): Record<string, string>;
}

const HEADER_OF_STRIPE = 'stripe-signature';

/** Polar: Standard Webhooks, keyed with the bytes of the whole secret. */
export const polarSigner: DeliverySigner = {
  headerNames: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  body: bytesOf(fixture('polar/event-subscription-updated')),
  bodyOfType: (type) => bytesOf(fixture('polar/event-subscription-updated', { type })),
  sign: (body, signing) => standardWebhook(body, signing, Buffer.from(signing.secret)),
};

/** A Standard Webhooks delivery keyed with the base64-decoded part after `whsec_`, as that library does it. */
export function signWithDecodedKey(body: Buffer, signing: Signing): Record<string, string> {
  return standardWebhook(body, signing, Buffer.from(signing.secret.replace('whsec_', ''), 'base64'));
}

/** Stripe: `t=…,v1=…` over `t.body`, keyed with the bytes of the whole secret. */
export const stripeSigner: DeliverySigner = {
  headerNames: [HEADER_OF_STRIPE],
  body: bytesOf(fixture('stripe/event-subscription-updated')),
  bodyOfType: (type) => bytesOf(fixture('stripe/event-subscription-updated', { type })),
  sign: (body, { secret, secondsFromNow = 0 }) => {
    const time = epochSeconds(secondsFromNow);
    const signature = createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
    return { [HEADER_OF_STRIPE]: `t=${time},v1=${signature}` };
  },
};

/** The same headers with one changed. */
export function withHeader(headers: WebhookHeaders, name: string, value: string | undefined): WebhookHeaders {
  return { ...headers, [name]: value };
}

/** Bytes of an object as a provider serializes it. */
export function bytesOf(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function standardWebhook(body: Buffer, signing: Signing, key: Buffer): Record<string, string> {
  const id = signing.deliveryId ?? '7f6c1f0e-0c52-4b5e-9d63-4a1f6c2f3a10';
  const time = epochSeconds(signing.secondsFromNow ?? 0);
  const signature = createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` };
}

function epochSeconds(fromNow: number): string {
  return String(Math.floor(Date.now() / 1000) + fromNow);
}
