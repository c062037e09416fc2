import { randomUUID } from 'node:crypto';
import { polarSigner, stripeSigner, type DeliverySigner, type Signing } from '../contract/delivery-signer.js';
import type { TestApp } from './app.js';
import type { Answer } from './caller.js';
import { SECRETS } from './secrets.js';

export type Provider = 'polar' | 'stripe';

/** How a provider signs, and the secret it shares with the application. */
export const SIGNERS: Readonly<Record<Provider, { signer: DeliverySigner; secret: string }>> = {
  polar: { signer: polarSigner, secret: SECRETS.polarWebhookSecret },
  stripe: { signer: stripeSigner, secret: SECRETS.stripeWebhookSecret },
};

/** Headers of a delivery of these bytes, signed as the provider does it now unless told otherwise. */
export function signatureOf(
  provider: Provider,
  body: Buffer,
  signing: Partial<Signing> = {},
): Record<string, string> {
  const { signer, secret } = SIGNERS[provider];
  return signer.sign(body, { secret, deliveryId: randomUUID(), ...signing });
}

/** Bytes of an event with an id of its own about an object, as the provider wraps it. */
export function eventBytes(provider: Provider, type: string, object: object): Buffer {
  const now = new Date();
  const envelope =
    provider === 'polar'
      ? { type, timestamp: now.toISOString(), api_version: '2026-10', data: object }
      : {
          id: `evt_${randomUUID().replaceAll('-', '')}`,
          object: 'event',
          api_version: '2026-10-28.endive',
          created: Math.floor(now.getTime() / 1000),
          livemode: false,
          type,
          data: { object },
        };
  return Buffer.from(JSON.stringify(envelope));
}

/** Posts bytes to the one webhook endpoint. */
export async function deliver(
  test: Pick<TestApp, 'anonymous'>,
  body: Buffer,
  headers: Record<string, string>,
): Promise<Answer> {
  return test.anonymous.with(headers).send('POST', '/webhooks/payment', body);
}

/** The rows that webhooks leave behind, counted. */
export async function storedRows(test: TestApp): Promise<{ events: number; work: number }> {
  const [row] = await test.database.query<{ events: number; work: number }[]>(
    `select (select count(*)::int from inbox_event) as events, (select count(*)::int from work_item) as work`,
  );
  if (!row) throw new Error('counting gave no row');
  return row;
}
