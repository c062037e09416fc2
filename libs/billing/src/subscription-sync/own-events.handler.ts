import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Transaction,
  TransactionRunner,
  type WorkHandler,
  WorkHandlers,
  type WorkItem,
} from '@tollgate/kernel';
import { CheckoutsStore } from '../checkout/checkouts.store.js';
import { type EventToHandle, HANDLE_EVENT } from './inbox-event.js';
import { Inbox } from './inbox.service.js';
import { MoneyBackEvents } from './money-back-events.service.js';
import { type OwnEvent, OwnEventsStore } from './own-events.store.js';
import { ProviderCustomers } from './provider-customers.store.js';
import { ProviderSubscriptions } from './provider-subscriptions.store.js';

/** Handles events that carry their own news: money back, the end of a customer, the end of a checkout page. */
@Injectable()
export class OwnEventsHandler implements WorkHandler, OnModuleInit {
  readonly kind = HANDLE_EVENT;

  constructor(
    private readonly handlers: WorkHandlers,
    private readonly transactions: TransactionRunner,
    private readonly events: OwnEventsStore,
    private readonly inbox: Inbox,
    private readonly moneyBack: MoneyBackEvents,
    private readonly customers: ProviderCustomers,
    private readonly known: ProviderSubscriptions,
    private readonly checkouts: CheckoutsStore,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async handle({ payload }: WorkItem): Promise<void> {
    const { id } = payload as EventToHandle;
    const seen = await this.events.findWaiting(this.transactions.reader, id);
    const customerId = seen && (await this.moneyBack.customerOf(seen));
    await this.transactions.run(async (tx) => {
      const event = await this.events.lockWaiting(tx, id);
      if (!event) return;
      await this.effect(tx, event, customerId);
      await this.inbox.markHandled(tx, [event]);
    });
  }

  private async effect(tx: Transaction, event: OwnEvent, customerId: string | null): Promise<void> {
    switch (event.topic) {
      case 'refund':
      case 'dispute':
        return this.moneyBack.record(tx, event, event.topic, customerId);
      case 'customer':
        return this.forgetCustomer(tx, event);
      default:
        if (event.checkoutId !== null) await this.checkouts.expire(tx, event.checkoutId);
    }
  }

  /**
   * The provider ended everything the customer had, and will make a new customer for the owner when asked. A page in the
   * name of the old one sells nothing to them any more.
   */
  private async forgetCustomer(tx: Transaction, { provider, customerId }: OwnEvent): Promise<void> {
    if (customerId === null) return;
    const ownerId = await this.customers.unlink(tx, provider, customerId);
    if (ownerId !== null) await this.checkouts.supersedeOf(tx, provider, ownerId);
    for (const subscriptionId of await this.known.livingOfCustomer(tx, provider, customerId))
      await this.inbox.wantSync(tx, { provider, subscriptionId });
  }
}
