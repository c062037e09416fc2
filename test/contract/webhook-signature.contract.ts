import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PaymentProvider } from '../../libs/billing/src/providers/payment-provider.js';
import type { DeliverySigner } from './delivery-signer.js';
import { CURRENT_SECRET, FOREIGN_SECRET, PREVIOUS_SECRET, type SignatureCase } from './signature-case.js';
import { commonCases, headerCases } from './signature-cases.js';
import { mutationOf, verdictOf } from './webhook-verdict.js';

const MUTATIONS = 3000;

/** What the suite needs of one provider. */
export interface SignatureSubject {
  readonly signer: DeliverySigner;
  readonly provider: (secrets: readonly string[]) => PaymentProvider;
  /** Cases that only this provider has. */
  readonly cases: readonly SignatureCase[];
}

/** Every adapter must accept and refuse the same deliveries, and answer anything with one of our errors. */
export function describeWebhookSignatures(name: string, { signer, provider, cases }: SignatureSubject): void {
  const adapter = provider([PREVIOUS_SECRET, CURRENT_SECRET]);

  describe(`a delivery of ${name}`, () => {
    it.each([...commonCases, ...headerCases(signer), ...cases])('$name', async (one) => {
      const verdict = await verdictOf(adapter, one.deliver(signer));
      expect(verdict).toMatchObject(
        one.refused === undefined ? (one.accepted ?? {}) : { refused: one.refused },
      );
      expect('refused' in verdict).toBe(one.refused !== undefined);
    });

    it('has the same event id on every retry', async () => {
      const [first, retry] = await Promise.all(
        [-200, 0].map((secondsFromNow) => {
          const headers = signer.sign(signer.body, { secret: CURRENT_SECRET, secondsFromNow });
          return adapter.verify(signer.body, headers);
        }),
      );
      expect(retry?.eventId).toBe(first?.eventId);
    });

    it('SB-42: signed with the test secret passes there and is refused where the live one is set, and reverse', async () => {
      const [testMode, liveMode] = [CURRENT_SECRET, FOREIGN_SECRET];
      for (const [own, other] of [
        [testMode, liveMode],
        [liveMode, testMode],
      ] as const) {
        const delivery = { rawBody: signer.body, headers: signer.sign(signer.body, { secret: own }) };
        expect(await verdictOf(provider([own]), delivery)).not.toHaveProperty('refused');
        expect(await verdictOf(provider([other]), delivery)).toEqual({ refused: 'signature_refused' });
      }
    });

    it('is claimed by its own headers only', () => {
      expect(adapter.claims(signer.sign(signer.body, { secret: FOREIGN_SECRET }))).toBe(true);
      expect(adapter.claims({ 'content-type': 'application/json', 'x-signature': 'v1' })).toBe(false);
    });

    it(`is refused after any change of one byte (${MUTATIONS} random ones)`, async () => {
      const valid = { rawBody: signer.body, headers: signer.sign(signer.body, { secret: CURRENT_SECRET }) };
      expect(await verdictOf(adapter, valid)).not.toHaveProperty('refused');
      await fc.assert(
        fc.asyncProperty(mutationOf(valid), async (delivery) => {
          expect(await verdictOf(adapter, delivery)).toEqual({ refused: 'signature_refused' });
        }),
        { numRuns: MUTATIONS },
      );
    });
  });

  describe(`the ${name} adapter`, () => {
    it.each([[[]], [['']], [['  ']], [[CURRENT_SECRET, '']], [[`${CURRENT_SECRET}\n`]]])(
      'refuses to be made with the secrets %j',
      (secrets) => {
        expect(() => provider(secrets)).toThrow(expect.objectContaining({ code: 'provider_misconfigured' }));
      },
    );
  });
}
