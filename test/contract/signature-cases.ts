import { bytesOf, type DeliverySigner } from './delivery-signer.js';
import {
  CURRENT_SECRET,
  FOREIGN_SECRET,
  PREVIOUS_SECRET,
  signed,
  type SignatureCase,
} from './signature-case.js';

const signedWith =
  (secret: string, secondsFromNow = 0) =>
  (signer: DeliverySigner) => ({
    rawBody: signer.body,
    headers: signer.sign(signer.body, { secret, secondsFromNow }),
  });
const signedBytes = (body: Buffer) => (signer: DeliverySigner) => signed(signer, body);
const swapped = (change: (body: Buffer) => unknown) => (signer: DeliverySigner) => ({
  ...signed(signer),
  rawBody: change(signer.body),
});
const refused = 'signature_refused';
const unreadable = 'event_unreadable';
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const NOT_UTF8 = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
const deep = `{"type":"subscription.updated","a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

const keys: readonly SignatureCase[] = [
  {
    name: 'signed with the secret of today',
    deliver: signedWith(CURRENT_SECRET),
    accepted: { topic: 'subscription' },
  },
  { name: 'signed with the secret of yesterday', deliver: signedWith(PREVIOUS_SECRET), accepted: {} },
  { name: 'signed with a foreign secret', deliver: signedWith(FOREIGN_SECRET), refused },
  { name: 'signed with an empty key', deliver: signedWith(''), refused },
];

const times: readonly SignatureCase[] = [
  { name: 'signed 290 s ago', deliver: signedWith(CURRENT_SECRET, -290), accepted: {} },
  { name: 'signed 302 s ago', deliver: signedWith(CURRENT_SECRET, -302), refused },
  { name: 'signed 290 s ahead', deliver: signedWith(CURRENT_SECRET, 290), accepted: {} },
  { name: 'signed 302 s ahead', deliver: signedWith(CURRENT_SECRET, 302), refused },
  { name: 'signed a year ahead', deliver: signedWith(CURRENT_SECRET, 31_536_000), refused },
];

const bodies: readonly SignatureCase[] = [
  {
    name: 'with one byte changed',
    deliver: swapped((body) => Buffer.from(body.toString('latin1').replace('active', 'Active'), 'latin1')),
    refused,
  },
  {
    name: 're-serialised',
    deliver: swapped((body) => Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 2))),
    refused,
  },
  {
    name: 'with a byte order mark put before it',
    deliver: swapped((body) => Buffer.concat([BYTE_ORDER_MARK, body])),
    refused,
  },
  { name: 'with its bytes replaced by non-UTF-8', deliver: swapped(() => NOT_UTF8), refused },
  { name: 'with its body taken away', deliver: swapped(() => Buffer.alloc(0)), refused },
  { name: 'parsed into an object before', deliver: swapped((body) => JSON.parse(body.toString())), refused },
  { name: 'decoded into a string before', deliver: swapped((body) => body.toString()), refused },
  { name: 'without any body', deliver: swapped(() => undefined), refused },
];

const contents: readonly SignatureCase[] = [
  { name: 'well signed and empty', deliver: signedBytes(Buffer.alloc(0)), refused: unreadable },
  { name: 'well signed and not JSON', deliver: signedBytes(Buffer.from('{"type":')), refused: unreadable },
  { name: 'well signed and not UTF-8', deliver: signedBytes(NOT_UTF8), refused: unreadable },
  { name: 'well signed and a list', deliver: signedBytes(bytesOf([1])), refused: unreadable },
  { name: 'well signed and null', deliver: signedBytes(bytesOf(null)), refused: unreadable },
  { name: 'well signed and a text', deliver: signedBytes(bytesOf('event')), refused: unreadable },
  {
    name: 'well signed and an empty object',
    deliver: signedBytes(bytesOf({})),
    accepted: { topic: 'unknown' },
  },
  { name: 'well signed and 50,000 levels deep', deliver: signedBytes(Buffer.from(deep)), accepted: {} },
  {
    name: 'well signed with a type only in its prototype',
    deliver: signedBytes(Buffer.from('{"__proto__":{"type":"subscription.updated","object":"event"}}')),
    accepted: { topic: 'unknown', subscriptionId: null },
  },
  {
    name: 'well signed with ids that no column could store',
    deliver: signedBytes(
      bytesOf({ id: 'a\0b', type: 'x\0y', object: 'event', data: { id: '\ud800', customer_id: 7 } }),
    ),
    accepted: { topic: 'unknown', type: '(none)', subscriptionId: null, customerId: null },
  },
  {
    name: 'of a type that nobody knows',
    deliver: (signer) => signed(signer, signer.bodyOfType('teleport.arrived')),
    accepted: { topic: 'unknown', type: 'teleport.arrived' },
  },
];

/** What holds of every delivery whichever provider signed it. */
export const commonCases: readonly SignatureCase[] = [...keys, ...times, ...bodies, ...contents];

/** One case for every header of a provider: left out, empty, given twice, and of another provider. */
export function headerCases(signer: DeliverySigner): readonly SignatureCase[] {
  const changed = (name: string, to: (value: unknown) => unknown) => (one: DeliverySigner) => {
    const delivery = signed(one);
    return { ...delivery, headers: { ...delivery.headers, [name]: to(delivery.headers[name]) } };
  };
  const each = signer.headerNames.flatMap((name): SignatureCase[] => [
    { name: `without the header ${name}`, deliver: changed(name, () => undefined), refused },
    { name: `with an empty header ${name}`, deliver: changed(name, () => ''), refused },
    { name: `with the header ${name} as a list`, deliver: changed(name, (value) => [value]), refused },
    {
      name: `with the header ${name} sent twice`,
      deliver: changed(name, (value) => [value, value].join(', ')),
      refused,
    },
    {
      name: `with control characters in ${name}`,
      deliver: changed(name, (value) => [value, '\n'].join('')),
      refused,
    },
  ]);
  return [
    ...each,
    { name: 'without any header', deliver: (one) => ({ rawBody: one.body, headers: {} }), refused },
  ];
}
