import type { Agenda } from './clock/timeline.js';
import type { ProviderName } from './options.js';

/** A checkout as the hosted page shows it, whichever provider made it. */
export interface HostedCheckout {
  provider: ProviderName;
  id: string;
  state: 'open' | 'paid' | 'expired';
  planName: string;
  /** Minor units due for one interval, seats included. */
  amount: number;
  unitAmount: number;
  currency: string;
  interval: string;
  /** Number of seats, or null when the plan is not sold by seat. */
  seats: number | null;
  /** Between which numbers the buyer may choose; null when the seller chose, or there are no seats. */
  seatRange: SeatRange | null;
  email: string | null;
  trialDays: number;
  /** Where a paid checkout goes on, with the provider's placeholder filled in. */
  successUrl: string;
  backUrl: string | null;
}

/** Numbers of seats on offer, both ends included. */
export interface SeatRange {
  least: number;
  most: number;
}

/** A plan the portal can move a subscription to. `ref` is a Polar product or a Stripe price. */
export interface HostedPlan {
  ref: string;
  name: string;
  /** Minor units for one period; of one seat when sold by seat. */
  amount: number;
  currency: string;
  interval: string;
}

/** How the buyer's test card behaves. */
export type TestCard = 'works' | 'fails_later';

/** How a payment by a slow method (a bank debit) ends. */
export type SlowPayment = 'succeeds' | 'fails';

/** A subscription as the portal page shows it. Times are ISO. */
export interface HostedSubscription {
  id: string;
  planName: string;
  amount: number;
  currency: string;
  interval: string;
  seats: number | null;
  status: string;
  live: boolean;
  periodEnd: string;
  /** Access ends here because a cancel is scheduled; null when it renews. */
  cancelAt: string | null;
  endedAt: string | null;
  /** Plans it can be moved to from here; none when the seller's portal allows no changes. */
  plans: HostedPlan[];
  seatRange: SeatRange | null;
  /** A change that waits for the period's end, in words; null when none does. */
  pendingChange: string | null;
  /** True while its card refuses charges. */
  cardFails: boolean;
}

/** The customer's side of the portal. */
export interface HostedPortal {
  provider: ProviderName;
  email: string | null;
  returnUrl: string | null;
  subscriptions: HostedSubscription[];
}

/** Something the customer or a control route asked for that the provider's rules do not allow. */
export class SandboxRefusal extends Error {
  constructor(
    readonly status: 402 | 404 | 409 | 410 | 422,
    message: string,
  ) {
    super(message);
  }
}

/** What the control routes may sell without a checkout. */
export interface DirectSale {
  /** Provider customer id, or an existing customer's e-mail. */
  customer: string;
  /** Catalog key. */
  sellable: string;
  seats?: number;
  trialDays?: number;
  metadata?: Record<string, string>;
}

/** One provider behind the pages and control routes that are the same for both. */
export interface StandIn {
  readonly provider: ProviderName;
  /** Names the earliest thing that falls due. */
  readonly agenda: Agenda;
  /** By id or by the secret in its link; undefined when this provider has none such. */
  checkout(idOrSecret: string): HostedCheckout | undefined;
  /** @throws SandboxRefusal when expired, or when the customer already subscribes. Paying twice is one sale. */
  pay(idOrSecret: string, email?: string, card?: TestCard): HostedCheckout;
  /** Pays by a method whose money comes days later. @throws SandboxRefusal where this provider has none such. */
  payLater(idOrSecret: string, email?: string): HostedCheckout;
  /** The slow money comes, or does not. @throws SandboxRefusal when none is awaited. */
  settleLater(idOrSecret: string, end: SlowPayment): HostedCheckout;
  /** Sets the number of seats of an open checkout. @throws SandboxRefusal outside its range. */
  chooseSeats(idOrSecret: string, seats: number): HostedCheckout;
  /** @throws SandboxRefusal when no longer open. */
  decline(idOrSecret: string): HostedCheckout;
  portal(token: string): HostedPortal | undefined;
  hasSubscription(id: string): boolean;
  /** Moves to another plan, as its customer may. @throws SandboxRefusal 402 when the card refuses, 409 otherwise. */
  changePlan(id: string, ref: string): void;
  /** @throws SandboxRefusal 402 when the card refuses, 409 otherwise. */
  changeSeats(id: string, seats: number): void;
  /** Cancel at period end. @throws SandboxRefusal when ended or already scheduled. */
  cancel(id: string): void;
  /** @throws SandboxRefusal when no cancel is scheduled. */
  uncancel(id: string): void;
  /** Ends it at once. @throws SandboxRefusal when already ended. */
  revoke(id: string): void;
  /** Every charge fails from now on; `now` also turns it past due at once. */
  failPayment(id: string, when: 'now' | 'next_renewal'): void;
  /** The open payment succeeds and so do later ones. */
  recover(id: string): void;
  /** Gives back some or all of the latest payment. @throws SandboxRefusal when none was made. */
  refund(id: string, amount: number | undefined): void;
  /** The latest payment is disputed by its card holder. @throws SandboxRefusal when none was made. */
  dispute(id: string): void;
  hasCustomer(id: string): boolean;
  /** Holds or frees the subscription, as a renewal under way does. */
  lock(id: string, locked: boolean): void;
  /** Sells directly and answers the subscription's id. @throws SandboxRefusal on unknown customer or sellable. */
  sell(sale: DirectSale): string;
  /** The subscription as the provider's API shows it. */
  show(id: string): unknown;
  /** Emits a signed event of any type with any data and answers its id. */
  emitAny(type: string, data: unknown): string;
  /** Changes a product by catalog key or provider id; false when this provider has none such. */
  patchProduct(id: string, patch: ProductPatch): boolean;
}

/** What a control route may change about something on sale. */
export interface ProductPatch {
  metadata?: Record<string, string | number | boolean>;
  /** Minor units. Running subscriptions keep the price they were bought at. */
  price?: number;
  archived?: boolean;
}
