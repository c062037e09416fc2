import fc from 'fast-check';
import { DomainError } from '@tollgate/kernel';
import type {
  PaymentProvider,
  VerifiedEvent,
  WebhookHeaders,
} from '../../libs/billing/src/providers/payment-provider.js';
import type { Delivery } from './signature-case.js';

/** The event that an adapter makes of a delivery, or the code with which it refuses; anything else is thrown. */
export async function verdictOf(
  adapter: PaymentProvider,
  { rawBody, headers }: Delivery,
): Promise<VerifiedEvent | { refused: string }> {
  try {
    return await adapter.verify(rawBody as Buffer, headers as WebhookHeaders);
  } catch (error) {
    if (error instanceof DomainError) return { refused: error.code };
    throw error;
  }
}

/** The delivery with one byte replaced, inserted or deleted, in its body or in one of its headers. */
export function mutationOf(valid: {
  rawBody: Buffer;
  headers: Record<string, string>;
}): fc.Arbitrary<Delivery> {
  const parts = ['body', ...Object.keys(valid.headers)];
  return fc
    .record({
      part: fc.constantFrom(...parts),
      where: fc.nat(),
      change: fc.constantFrom('replace', 'insert', 'delete'),
      byte: fc.integer({ min: 1, max: 255 }),
    })
    .map(({ part, where, change, byte }) => {
      const mutate = (bytes: Buffer): Buffer => mutated(bytes, where % bytes.length, change, byte);
      if (part === 'body') return { ...valid, rawBody: mutate(valid.rawBody) };
      const value = mutate(Buffer.from(valid.headers[part] ?? '', 'latin1')).toString('latin1');
      return { ...valid, headers: { ...valid.headers, [part]: value } };
    });
}

/** `byte` is never 0, so that adding it to the replaced one always changes it. */
function mutated(bytes: Buffer, where: number, change: string, byte: number): Buffer {
  const before = bytes.subarray(0, where);
  const after = bytes.subarray(where + 1);
  const old = bytes.readUInt8(where);
  if (change === 'delete') return Buffer.concat([before, after]);
  if (change === 'insert') return Buffer.concat([before, Buffer.of(byte, old), after]);
  return Buffer.concat([before, Buffer.of((old + byte) % 256), after]);
}
