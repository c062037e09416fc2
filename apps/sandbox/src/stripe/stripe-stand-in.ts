import type { Due } from '../clock/timeline.js';
import {
  SandboxRefusal,
  type DirectSale,
  type HostedCheckout,
  type HostedPortal,
  type ProductPatch,
  type SlowPayment,
  type StandIn,
  type TestCard,
} from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { chooseStripeSeats, nextStripeExpiry, payStripeCheckout, requireOpen } from './stripe-checkouts.js';
import { StripeApiError } from './stripe-errors.js';
import { emitStripeAny } from './stripe-events.js';
import { hostedStripeCheckout, hostedStripePortal } from './stripe-hosted.js';
import { patchStripeProduct } from './stripe-product-patch.js';
import { disputeCharge, paidInvoice, refundCharge } from './stripe-refunds.js';
import { lapseStripePayment, nextStripeRenewal, recoverStripePayment } from './stripe-renewals.js';
import { sellStripe } from './stripe-sale.js';
import { settleSlowPayment } from './stripe-slow-payment.js';
import type {
  WireCharge,
  StripeCheckoutRecord,
  StripeSubscriptionRecord,
  WireSubscription,
} from './stripe-state.js';
import { updateStripeSubscription } from './stripe-subscription-update.js';
import { cancelNow, portalCancel, portalUncancel } from './stripe-subscriptions.js';

/** Stripe behind the pages and the control routes. */
export class StripeStandIn implements StandIn {
  readonly provider = 'stripe';

  constructor(private readonly world: World) {}

  readonly agenda = (): Due | undefined => {
    const [renewal, expiry] = [nextStripeRenewal(this.world), nextStripeExpiry(this.world)];
    if (renewal === undefined || expiry === undefined) return renewal ?? expiry;
    return expiry.at < renewal.at ? expiry : renewal;
  };

  checkout(id: string): HostedCheckout | undefined {
    const record = lookup(this.world.state.stripe.checkouts, id);
    return record === undefined ? undefined : hostedStripeCheckout(this.world, record);
  }

  pay(id: string, email?: string, card: TestCard = 'works'): HostedCheckout {
    const record = this.#checkout(id);
    payStripeCheckout(this.world, record, email);
    const bought = lookup(this.world.state.stripe.subscriptions, record.session.subscription);
    if (card === 'fails_later' && bought !== undefined) bought.paymentFails = true;
    return hostedStripeCheckout(this.world, record);
  }

  decline(id: string): HostedCheckout {
    const record = this.#checkout(id);
    requireOpen(record);
    return hostedStripeCheckout(this.world, record);
  }

  payLater(id: string, email?: string): HostedCheckout {
    const record = this.#checkout(id);
    payStripeCheckout(this.world, record, email, 'slowly');
    return hostedStripeCheckout(this.world, record);
  }

  settleLater(id: string, end: SlowPayment): HostedCheckout {
    const record = this.#checkout(id);
    settleSlowPayment(this.world, record, end);
    return hostedStripeCheckout(this.world, record);
  }

  chooseSeats(id: string, seats: number): HostedCheckout {
    const record = this.#checkout(id);
    chooseStripeSeats(this.world, record, seats);
    return hostedStripeCheckout(this.world, record);
  }

  portal(token: string): HostedPortal | undefined {
    return hostedStripePortal(this.world, token);
  }

  hasSubscription(id: string): boolean {
    return Object.hasOwn(this.world.state.stripe.subscriptions, id);
  }

  changePlan(id: string, ref: string): void {
    this.#change(id, { price: ref });
  }

  changeSeats(id: string, seats: number): void {
    this.#change(id, { quantity: seats });
  }

  cancel(id: string): void {
    portalCancel(this.world, this.#record(id));
  }

  uncancel(id: string): void {
    portalUncancel(this.world, this.#record(id));
  }

  revoke(id: string): void {
    cancelNow(this.world, this.#live(id));
  }

  failPayment(id: string, when: 'now' | 'next_renewal'): void {
    const record = this.#live(id);
    record.paymentFails = true;
    if (when === 'now' && record.subscription.status === 'active') lapseStripePayment(this.world, record);
  }

  recover(id: string): void {
    recoverStripePayment(this.world, this.#live(id));
  }

  refund(id: string, amount: number | undefined): void {
    this.#ruled(() => refundCharge(this.world, this.#paid(id), amount));
  }

  dispute(id: string): void {
    this.#ruled(() => disputeCharge(this.world, this.#paid(id)));
  }

  hasCustomer(id: string): boolean {
    return Object.hasOwn(this.world.state.stripe.customers, id);
  }

  lock(id: string, locked: boolean): void {
    this.#record(id).locked = locked;
  }

  sell(sale: DirectSale): string {
    return sellStripe(this.world, sale);
  }

  show(id: string): WireSubscription {
    return this.#record(id).subscription;
  }

  emitAny(type: string, data: unknown): string {
    return emitStripeAny(this.world, type, data);
  }

  patchProduct(id: string, patch: ProductPatch): boolean {
    return patchStripeProduct(this.world, id, patch);
  }

  #checkout(id: string): StripeCheckoutRecord {
    const record = lookup(this.world.state.stripe.checkouts, id);
    if (record === undefined) throw new SandboxRefusal(404, 'There is no such checkout.');
    return record;
  }

  // The portal charges at once and leaves everything as it was when the card refuses.
  #change(id: string, change: { price?: string; quantity?: number }): void {
    const record = this.#live(id);
    const [item] = record.subscription.items.data;
    if (item === undefined) throw new SandboxRefusal(409, 'This subscription has no plan.');
    this.#ruled(() =>
      updateStripeSubscription(this.world, record, {
        items: [{ id: item.id, ...change }],
        proration_behavior: 'always_invoice',
        payment_behavior: 'error_if_incomplete',
      }),
    );
  }

  #paid(id: string): WireCharge {
    const paid = paidInvoice(this.world, this.#record(id).subscription.id);
    if (paid === undefined) throw new SandboxRefusal(409, 'No payment is left to give back.');
    return paid.charge;
  }

  // Stripe's own refusals reach pages and control routes as plain sentences.
  #ruled(act: () => unknown): void {
    try {
      act();
    } catch (error) {
      if (error instanceof StripeApiError)
        throw new SandboxRefusal(error.status === 402 ? 402 : 409, error.message);
      throw error;
    }
  }

  #record(id: string): StripeSubscriptionRecord {
    const record = lookup(this.world.state.stripe.subscriptions, id);
    if (record === undefined) throw new SandboxRefusal(404, 'There is no such subscription.');
    return record;
  }

  #live(id: string): StripeSubscriptionRecord {
    const record = this.#record(id);
    if (record.subscription.ended_at !== null)
      throw new SandboxRefusal(409, 'This subscription has already ended.');
    return record;
  }
}
