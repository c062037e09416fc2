import type { ProviderName } from '../options.js';

/** `charge` was paid · `failed` was refused by the card · `credit` stays on the customer's balance · the rest went back. */
export type MoneyKind = 'charge' | 'failed' | 'credit' | 'refund' | 'dispute';

/** One movement of money that would have happened at the provider. */
export interface MoneyEntry {
  /** ISO instant of the virtual clock. */
  at: string;
  provider: ProviderName;
  kind: MoneyKind;
  /** Positive minor units, whichever way the money went. */
  amount: number;
  currency: string;
  customer: string;
  subscription: string | null;
  /** The order or invoice. */
  document: string;
  reason: string;
}

/** How a customer's card answers: refuses a number of charges, or `all` until the customer recovers. */
export type CardRefusals = number | 'all';
