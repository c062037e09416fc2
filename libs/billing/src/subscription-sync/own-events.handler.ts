import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  type Transaction,
  TransactionRunner,
  type WorkHandler,
  WorkHandlers,
  type WorkItem,
} from '@tollgate/kernel';
import { CheckoutsStore } from '../checkout/checkouts.store.js';
import { DeletedCustomers } from './deleted-customers.service.js';
import { type EventToHandle, HANDLE_EVENT } from './inbox-event.js';
import { Inbox } from './inbox.service.js';
import { MoneyBackEvents } from './money-back-events.service.js';
import { type OwnEvent, OwnEventsStore } from './own-events.store.js';

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
    private readonly deletedCustomers: DeletedCustomers,
    private readonly checkouts: CheckoutsStore,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  async handle({ payload }: WorkItem): Promise<void> {
    const { id } = payload as EventToHandle;
    const seen = await this.events.findWaiting(this.transactions.reader, id);
    if (!seen) return;
    const effect = await this.effectOf(seen);
    await this.transactions.run(async (tx) => {
      const event = await this.events.lockWaiting(tx, id);
      if (!event) return;
      await effect(tx);
      await this.inbox.markHandled(tx, [event]);
    });
  }

  /** Asks the provider what the event leaves open, before any transaction; answers what is to be written. */
  private async effectOf(event: OwnEvent): Promise<(tx: Transaction) => Promise<void>> {
    const { topic, checkoutId } = event;
    switch (topic) {
      case 'refund':
      case 'dispute': {
        const customerId = await this.moneyBack.customerOf(event);
        return (tx) => this.moneyBack.record(tx, event, topic, customerId);
      }
      case 'customer': {
        const isGone = await this.deletedCustomers.isGone(event);
        return async (tx) => (isGone ? this.deletedCustomers.forget(tx, event) : undefined);
      }
      default:
        return async (tx) => (checkoutId === null ? undefined : this.checkouts.expire(tx, checkoutId));
    }
  }
}
