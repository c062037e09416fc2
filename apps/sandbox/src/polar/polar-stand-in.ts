import type { models } from '@polar-sh/sdk/2026-10';
import type { Due } from '../clock/timeline.js';
import {
  SandboxRefusal,
  type DirectSale,
  type HostedCheckout,
  type HostedPortal,
  type ProductPatch,
  type StandIn,
  type TestCard,
} from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { chooseCheckoutSeats } from './polar-checkout-seats.js';
import { declineCheckout, findCheckout, nextExpiry, payCheckout } from './polar-checkouts.js';
import { PolarApiError } from './polar-errors.js';
import { emitPolar } from './polar-events.js';
import { hostedCheckout, hostedPortal } from './polar-hosted.js';
import { changeProduct, changeSeats } from './polar-plan-change.js';
import { patchPolarProduct } from './polar-product-patch.js';
import { disputeOrder, paidOrder, refundOrder } from './polar-refunds.js';
import { lapsePayment, nextRenewal, recoverPayment } from './polar-renewals.js';
import { sellPolar } from './polar-sale.js';
import type { PolarSubscriptionRecord, StoredPolarOrder } from './polar-state.js';
import { revokeSubscription, scheduleCancel, undoCancel } from './polar-subscriptions.js';
import { showSubscription } from './polar-view.js';

/** Polar behind the pages and the control routes. */
export class PolarStandIn implements StandIn {
  readonly provider = 'polar';

  constructor(private readonly world: World) {}

  readonly agenda = (): Due | undefined => {
    const [renewal, expiry] = [nextRenewal(this.world), nextExpiry(this.world)];
    if (renewal === undefined || expiry === undefined) return renewal ?? expiry;
    return expiry.at < renewal.at ? expiry : renewal;
  };

  checkout(idOrSecret: string): HostedCheckout | undefined {
    const checkout = findCheckout(this.world, idOrSecret);
    return checkout === undefined ? undefined : hostedCheckout(checkout);
  }

  pay(idOrSecret: string, email?: string, card: TestCard = 'works'): HostedCheckout {
    const checkout = this.#checkout(idOrSecret);
    payCheckout(this.world, checkout, email);
    const bought = lookup(this.world.state.polar.subscriptions, checkout.subscription_id);
    if (card === 'fails_later' && bought !== undefined) bought.paymentFails = true;
    return hostedCheckout(checkout);
  }

  decline(idOrSecret: string): HostedCheckout {
    const checkout = this.#checkout(idOrSecret);
    declineCheckout(this.world, checkout);
    return hostedCheckout(checkout);
  }

  payLater(): never {
    throw new SandboxRefusal(409, 'Polar takes cards only: there is no slow payment.');
  }

  settleLater(): never {
    throw new SandboxRefusal(409, 'Polar takes cards only: there is no slow payment.');
  }

  chooseSeats(idOrSecret: string, seats: number): HostedCheckout {
    const checkout = this.#checkout(idOrSecret);
    chooseCheckoutSeats(this.world, checkout, seats);
    return hostedCheckout(checkout);
  }

  portal(token: string): HostedPortal | undefined {
    return hostedPortal(this.world, token);
  }

  hasSubscription(id: string): boolean {
    return Object.hasOwn(this.world.state.polar.subscriptions, id);
  }

  changePlan(id: string, ref: string): void {
    this.#ruled(id, (record) => changeProduct(this.world, record, ref));
  }

  changeSeats(id: string, seats: number): void {
    this.#ruled(id, (record) => changeSeats(this.world, record, seats));
  }

  cancel(id: string): void {
    this.#ruled(id, (record) => scheduleCancel(this.world, record));
  }

  uncancel(id: string): void {
    this.#ruled(id, (record) => undoCancel(this.world, record));
  }

  revoke(id: string): void {
    this.#ruled(id, (record) => revokeSubscription(this.world, record));
  }

  failPayment(id: string, when: 'now' | 'next_renewal'): void {
    this.#ruled(id, (record) => {
      record.paymentFails = true;
      if (when === 'now' && record.subscription.status === 'active') lapsePayment(this.world, record);
    });
  }

  recover(id: string): void {
    this.#ruled(id, (record) => recoverPayment(this.world, record));
  }

  refund(id: string, amount: number | undefined): void {
    const order = this.#paidOrder(id);
    this.#ruled(id, () =>
      refundOrder(this.world, order, amount ?? order.refundable_amount, 'customer_request'),
    );
  }

  dispute(id: string): void {
    const order = this.#paidOrder(id);
    this.#ruled(id, () => disputeOrder(this.world, order));
  }

  hasCustomer(id: string): boolean {
    return Object.hasOwn(this.world.state.polar.customers, id);
  }

  lock(id: string, locked: boolean): void {
    this.#record(id).locked = locked;
  }

  sell(sale: DirectSale): string {
    return sellPolar(this.world, sale);
  }

  show(id: string): models.Subscription {
    return showSubscription(this.world.state.polar, this.#record(id));
  }

  emitAny(type: string, data: unknown): string {
    return emitPolar(this.world, type, data);
  }

  patchProduct(id: string, patch: ProductPatch): boolean {
    return patchPolarProduct(this.world, id, patch);
  }

  #checkout(idOrSecret: string): models.Checkout {
    const checkout = findCheckout(this.world, idOrSecret);
    if (checkout === undefined) throw new SandboxRefusal(404, 'There is no such checkout.');
    return checkout;
  }

  #paidOrder(id: string): StoredPolarOrder {
    const order = paidOrder(this.world, this.#record(id).subscription.id);
    if (order === undefined) throw new SandboxRefusal(409, 'No payment is left to give back.');
    return order;
  }

  #record(id: string): PolarSubscriptionRecord {
    const record = lookup(this.world.state.polar.subscriptions, id);
    if (record === undefined) throw new SandboxRefusal(404, 'There is no such subscription.');
    return record;
  }

  // Polar's own refusals reach pages and control routes as plain sentences.
  #ruled(id: string, act: (record: PolarSubscriptionRecord) => unknown): void {
    const record = this.#record(id);
    try {
      act(record);
    } catch (error) {
      if (error instanceof PolarApiError)
        throw new SandboxRefusal(error.status === 402 ? 402 : 409, error.sentence);
      throw error;
    }
  }
}
