import type { models } from '@polar-sh/sdk/2026-10';
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
import { declineCheckout, findCheckout, nextExpiry, payCheckout } from './polar-checkouts.js';
import { PolarApiError } from './polar-errors.js';
import { emitPolar } from './polar-events.js';
import { hostedCheckout, hostedPortal } from './polar-hosted.js';
import { patchPolarProduct } from './polar-product-patch.js';
import { lapsePayment, nextRenewal, recoverPayment } from './polar-renewals.js';
import { sellPolar } from './polar-sale.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
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

  pay(idOrSecret: string, email?: string): HostedCheckout {
    const checkout = this.#checkout(idOrSecret);
    payCheckout(this.world, checkout, email);
    return hostedCheckout(checkout);
  }

  decline(idOrSecret: string): HostedCheckout {
    const checkout = this.#checkout(idOrSecret);
    declineCheckout(this.world, checkout);
    return hostedCheckout(checkout);
  }

  portal(token: string): HostedPortal | undefined {
    return hostedPortal(this.world, token);
  }

  hasSubscription(id: string): boolean {
    return Object.hasOwn(this.world.state.polar.subscriptions, id);
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
      if (when === 'now' && record.subscription.status === 'active') lapsePayment(this.world, record, false);
    });
  }

  recover(id: string): void {
    this.#ruled(id, (record) => recoverPayment(this.world, record));
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

  #record(id: string): PolarSubscriptionRecord {
    const record = lookup(this.world.state.polar.subscriptions, id);
    if (record === undefined) throw new SandboxRefusal(404, 'There is no such subscription.');
    return record;
  }

  // Polar's own refusals reach pages and control routes as plain sentences.
  #ruled(id: string, act: (record: PolarSubscriptionRecord) => void): void {
    const record = this.#record(id);
    try {
      act(record);
    } catch (error) {
      if (error instanceof PolarApiError) throw new SandboxRefusal(409, JSON.stringify(error.body));
      throw error;
    }
  }
}
