import { Injectable } from '@nestjs/common';
import { Alerts, BillingOwners, MoneyBackStore, ProviderCommandsStore } from '@tollgate/billing';
import { NotFoundError, TransactionRunner } from '@tollgate/kernel';
import { viewOfCommand } from '../account/change-views.js';
import { viewOfAlert } from './alert-view.js';

const LATEST = 50;

/** What support asks about a tenant's payments. */
@Injectable()
export class TenantBilling {
  constructor(
    private readonly owners: BillingOwners,
    private readonly commands: ProviderCommandsStore,
    private readonly moneyBack: MoneyBackStore,
    private readonly alerts: Alerts,
    private readonly transactions: TransactionRunner,
  ) {}

  /** @throws NotFoundError */
  async of(ownerId: string): Promise<object> {
    const { reader } = this.transactions;
    if ((await this.owners.userOf(reader, ownerId)) === null) throw new NotFoundError('Tenant');
    const moneyBack = await this.moneyBack.ofOwner(reader, ownerId, LATEST);
    return {
      commands: (await this.commands.ofOwner(reader, ownerId, LATEST)).map((command) => ({
        ...viewOfCommand(command),
        call: command.call,
      })),
      moneyBack: moneyBack.map(({ amount, occurredAt, ownerId: _ownerId, ...rest }) => ({
        ...rest,
        amount: amount?.toString() ?? null,
        occurredAt: occurredAt.toISOString(),
      })),
      alerts: (await this.alerts.list(reader, { open: true, ownerId, limit: LATEST })).map(viewOfAlert),
    };
  }
}
