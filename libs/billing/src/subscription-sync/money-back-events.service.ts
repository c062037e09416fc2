import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { ProviderRefusedError } from '../providers/provider.errors.js';
import { type MoneyBackRecord, MoneyBackStore } from './money-back.store.js';
import type { OwnEvent } from './own-events.store.js';
import { ProviderCustomers } from './provider-customers.store.js';
import { ProviderSubscriptions } from './provider-subscriptions.store.js';

/** Records refunds and disputes with whose they are. */
@Injectable()
export class MoneyBackEvents {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly store: MoneyBackStore,
    private readonly customers: ProviderCustomers,
    private readonly known: ProviderSubscriptions,
    private readonly alerts: Alerts,
  ) {}

  /**
   * The customer of an event about money: as it says, else as the provider says of its payment (a dispute may name
   * nobody). Asked before any transaction.
   *
   * @throws ProviderUnavailableError while the provider gives no answer
   */
  async customerOf({ provider, customerId, subscriptionId, moneyBack }: OwnEvent): Promise<string | null> {
    const paymentId = moneyBack?.paymentId ?? null;
    if (customerId !== null || subscriptionId !== null || paymentId === null) return customerId;
    const adapter = this.providers.all().find(({ name }) => name === provider);
    try {
      return (await adapter?.payerOf(paymentId)) ?? null;
    } catch (error) {
      if (error instanceof ProviderRefusedError) return null;
      throw error;
    }
  }

  /** Writes what the event says; a dispute that wants an answer calls staff until it is closed. */
  async record(
    tx: Transaction,
    event: OwnEvent,
    kind: MoneyBackRecord['kind'],
    customerId: string | null,
  ): Promise<void> {
    const { provider, moneyBack, occurredAt, eventId } = event;
    const paymentId = moneyBack?.paymentId ?? null;
    const record: MoneyBackRecord = {
      provider,
      kind,
      // A total is one record of the payment, brought up to date; it is none of the refunds that it adds up.
      id: (moneyBack?.isTotal ? paymentId : moneyBack?.id) ?? paymentId ?? eventId,
      paymentId,
      customerId,
      ownerId: await this.ownerOf(tx, event, customerId),
      amount: moneyBack?.money ? BigInt(moneyBack.money.amount) : null,
      currency: moneyBack?.money?.currency ?? null,
      status: moneyBack?.status ?? null,
      reason: moneyBack?.reason ?? null,
      occurredAt,
    };
    const isNews = await this.store.record(tx, record);
    if (kind === 'dispute' && isNews) await this.watch(tx, record, moneyBack?.needsAnswer ?? false);
  }

  private async ownerOf(
    tx: Transaction,
    { provider, subscriptionId }: OwnEvent,
    customerId: string | null,
  ): Promise<string | null> {
    const linked = customerId && (await this.customers.ownerOf(tx, provider, customerId));
    if (linked) return linked;
    return (subscriptionId && (await this.known.find(tx, provider, subscriptionId))?.ownerId) || null;
  }

  private async watch(tx: Transaction, record: MoneyBackRecord, needsAnswer: boolean): Promise<void> {
    const { provider, id, paymentId, ownerId, amount, currency, status, reason } = record;
    const subject = `${provider}:${id}`;
    if (!needsAnswer) return this.alerts.settle(tx, 'payment_disputed', subject);
    const details = { provider, paymentId, amount: amount?.toString() ?? null, currency, status, reason };
    await this.alerts.raise(tx, { kind: 'payment_disputed', subject, ownerId, details });
  }
}
