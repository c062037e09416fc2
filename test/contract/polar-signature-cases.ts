import { polarSigner, signWithDecodedKey } from './delivery-signer.js';
import {
  CURRENT_SECRET,
  FOREIGN_SECRET,
  signed,
  type Delivery,
  type SignatureCase,
} from './signature-case.js';

const { body } = polarSigner;
const refused = 'signature_refused';
const SIGNATURE = 'webhook-signature';

/** A good delivery with one of its headers rewritten. */
function rewritten(name: string, rewrite: (value: string) => string): Delivery {
  const { rawBody, headers } = signed(polarSigner);
  return { rawBody, headers: { ...headers, [name]: rewrite(String(headers[name])) } };
}

/** Another base64 spelling of the same 32 bytes: the bits behind the last byte are not zero. */
function respelled(signature: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const last = signature.at(-2) ?? '';
  return `${signature.slice(0, -2)}${alphabet[alphabet.indexOf(last) + 1]}=`;
}

/** What is particular to Standard Webhooks as Polar signs them. */
export const polarCases: readonly SignatureCase[] = [
  {
    name: 'signed with the decoded style of key',
    deliver: () => ({ rawBody: body, headers: signWithDecodedKey(body, { secret: CURRENT_SECRET }) }),
    accepted: { eventId: '7f6c1f0e-0c52-4b5e-9d63-4a1f6c2f3a10' },
  },
  {
    name: 'not UTF-8, signed with the decoded style of key',
    deliver: () => {
      const bytes = Buffer.from([0x7b, 0xff]);
      return { rawBody: bytes, headers: signWithDecodedKey(bytes, { secret: CURRENT_SECRET }) };
    },
    refused: 'event_unreadable',
  },
  {
    name: 'with a good signature among others',
    deliver: () => {
      const foreign = polarSigner.sign(body, { secret: FOREIGN_SECRET })[SIGNATURE];
      return rewritten(SIGNATURE, (good) => `v2,AAAA ${foreign} ${good}`);
    },
    accepted: {
      type: 'subscription.updated',
      subscriptionId: '22222222-2222-4222-8222-222222222222',
      customerId: '33333333-3333-4333-8333-333333333333',
      checkoutId: 'our-checkout',
      occurredAt: new Date('2026-11-20T10:00:00.654Z'),
    },
  },
  {
    name: 'with more signatures than are worth trying',
    deliver: () => rewritten(SIGNATURE, (good) => `${good} `.repeat(9).trim()),
    refused,
  },
  {
    name: 'with its signature under another version',
    deliver: () => rewritten(SIGNATURE, (good) => good.replace('v1', 'v2')),
    refused,
  },
  { name: 'with another spelling of its signature', deliver: () => rewritten(SIGNATURE, respelled), refused },
  {
    name: 'with the padding of its signature cut off',
    deliver: () => rewritten(SIGNATURE, (good) => good.slice(0, -1)),
    refused,
  },
  {
    name: 'with the id of another delivery',
    deliver: () => rewritten('webhook-id', (id) => `${id}0`),
    refused,
  },
  {
    name: 'with a fraction in its time',
    deliver: () => rewritten('webhook-timestamp', (time) => `${time}.5`),
    refused,
  },
  {
    name: 'with its time in milliseconds',
    deliver: () => rewritten('webhook-timestamp', (time) => `${time}000`),
    refused,
  },
  {
    name: 'with a dot in its id, which would let id, time and body be cut elsewhere',
    deliver: () => ({
      rawBody: body,
      headers: polarSigner.sign(body, { secret: CURRENT_SECRET, deliveryId: 'a.1' }),
    }),
    refused,
  },
];
