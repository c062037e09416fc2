import { fixtureBytes } from '../fixtures/providers/read-fixture.js';
import { stripeSigner } from './delivery-signer.js';
import { FOREIGN_SECRET, signed, type Delivery, type SignatureCase } from './signature-case.js';

const refused = 'signature_refused';
const HEADER = 'stripe-signature';

/** A good delivery with its signature header rewritten. */
function rewritten(rewrite: (value: string) => string): Delivery {
  const { rawBody, headers } = signed(stripeSigner);
  return { rawBody, headers: { [HEADER]: rewrite(String(headers[HEADER])) } };
}

const delivered = (fixture: string) => (): Delivery =>
  signed(stripeSigner, fixtureBytes(`stripe/${fixture}`));

/** What is particular to Stripe's signatures and events. */
export const stripeCases: readonly SignatureCase[] = [
  {
    name: 'with a good signature among others',
    deliver: () => {
      const foreign = stripeSigner.sign(stripeSigner.body, { secret: FOREIGN_SECRET })[HEADER];
      return rewritten((good) => `${good},${foreign?.split(',')[1]},v0=00`);
    },
    accepted: {
      eventId: 'evt_1',
      type: 'customer.subscription.updated',
      topic: 'subscription',
      subscriptionId: 'sub_1Endive',
      customerId: 'cus_1',
      checkoutId: 'our-checkout',
      occurredAt: new Date(1_761_898_535_000),
    },
  },
  {
    name: 'a thin event',
    deliver: delivered('event-thin'),
    accepted: { eventId: 'evt_thin_1', topic: 'unknown', occurredAt: new Date('2026-11-20T10:00:00Z') },
  },
  {
    name: 'an invoice that names its subscription under parent',
    deliver: delivered('event-invoice-2026-10-28.endive'),
    accepted: { topic: 'subscription', subscriptionId: 'sub_1Endive', customerId: 'cus_1' },
  },
  {
    name: 'an invoice of the older shape',
    deliver: delivered('event-invoice-2024-06-20'),
    accepted: { topic: 'subscription', subscriptionId: 'sub_1Acacia', customerId: 'cus_1' },
  },
  {
    name: 'a checkout that carries our id',
    deliver: delivered('event-checkout-completed'),
    accepted: {
      topic: 'checkout',
      checkoutId: 'our-checkout',
      subscriptionId: 'sub_1Endive',
      customerId: 'cus_1',
    },
  },
  {
    name: 'with its signature under the test scheme only',
    deliver: () => rewritten((good) => good.replace('v1', 'v0')),
    refused,
  },
  {
    name: 'with its signature in capitals',
    deliver: () => rewritten((good) => good.replace(/[a-f](?=[0-9a-f]*$)/g, (c) => c.toUpperCase())),
    refused,
  },
  {
    name: 'with its time given twice',
    deliver: () => rewritten((good) => `${good},${good.split(',')[0]}`),
    refused,
  },
  { name: 'with a second time', deliver: () => rewritten((good) => `t=1,${good}`), refused },
  { name: 'with something behind its signature', deliver: () => rewritten((good) => `${good}=x`), refused },
  {
    name: 'with an empty signature',
    deliver: () => rewritten((good) => `${good.split(',')[0]},v1=`),
    refused,
  },
  {
    name: 'with a fraction in its time',
    deliver: () => rewritten((good) => good.replace(',', '.5,')),
    refused,
  },
];
