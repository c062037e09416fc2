import type { VerifiedEvent } from '../../libs/billing/src/providers/payment-provider.js';
import type { DeliverySigner } from './delivery-signer.js';

/** The secret of today. */
export const CURRENT_SECRET = 'whsec_Y3VycmVudC1zZWNyZXQtb2YtdGhlLXN1aXRl';
/** The secret of yesterday, still good during a rotation. */
export const PREVIOUS_SECRET = 'whsec_cHJldmlvdXMtc2VjcmV0LW9mLXN1aXRlLTAx';
/** A secret nobody configured. */
export const FOREIGN_SECRET = 'whsec_Zm9yZWlnbi1zZWNyZXQtb2YtdGhlLXN1aXRl';

/** What arrives: as a provider sends it, or as no type would allow it. */
export interface Delivery {
  readonly rawBody: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** One delivery and what must become of it: refused with a code, or accepted with these values. */
export interface SignatureCase {
  readonly name: string;
  readonly deliver: (signer: DeliverySigner) => Delivery;
  readonly refused?: 'signature_refused' | 'event_unreadable';
  readonly accepted?: Partial<VerifiedEvent>;
}

/** A delivery of `body` signed as by the provider with the secret of today. */
export function signed(signer: DeliverySigner, body: Buffer = signer.body): Delivery {
  return { rawBody: body, headers: signer.sign(body, { secret: CURRENT_SECRET }) };
}
