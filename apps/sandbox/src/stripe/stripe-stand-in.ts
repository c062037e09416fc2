import type { Due } from '../clock/timeline.js';
import {
  SandboxRefusal,
  type DirectSale,
  type HostedCheckout,
  type HostedPortal,
  type ProductPatch,
  type StandIn,
} from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { nextStripeExpiry, payStripeCheckout, requireOpen } from './stripe-checkouts.js';
import { emitStripeAny } from './stripe-events.js';
import { hostedStripeCheckout, hostedStripePortal } from './stripe-hosted.js';
import { patchStripeProduct } from './stripe-product-patch.js';
import { lapseStripePayment, nextStripeRenewal, recoverStripePayment } from './stripe-renewals.js';
import { sellStripe } from './stripe-sale.js';
import type { StripeCheckoutRecord, StripeSubscriptionRecord, WireSubscription } from './stripe-state.js';
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

  pay(id: string, email?: string): HostedCheckout {
    const record = this.#checkout(id);
    payStripeCheckout(this.world, record, email);
    return hostedStripeCheckout(this.world, record);
  }

  decline(id: string): HostedCheckout {
    const record = this.#checkout(id);
    requireOpen(record);
    return hostedStripeCheckout(this.world, record);
  }

  portal(token: string): HostedPortal | undefined {
    return hostedStripePortal(this.world, token);
  }

  hasSubscription(id: string): boolean {
    return Object.hasOwn(this.world.state.stripe.subscriptions, id);
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
