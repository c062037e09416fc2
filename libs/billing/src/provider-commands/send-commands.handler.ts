import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  JobRegistry,
  Leases,
  TransactionRunner,
  UnavailableError,
  type WorkHandler,
  WorkHandlers,
  type WorkItem,
} from '@tollgate/kernel';
import { ProviderCommands, SEND_COMMANDS, type SubscriptionOfCommands } from './provider-commands.service.js';
import { SendCommands } from './send-commands.service.js';

/** Longer than the calls of one command may take. */
const LEASE_MS = 60_000;
const MINUTE_MS = 60_000;
const BATCH = 200;

/** Takes the lease on one subscription's commands and has them sent: one in flight for each subscription. */
@Injectable()
export class SendCommandsHandler implements WorkHandler, OnModuleInit {
  readonly kind = SEND_COMMANDS;

  constructor(
    private readonly handlers: WorkHandlers,
    private readonly jobs: JobRegistry,
    private readonly leases: Leases,
    private readonly commands: ProviderCommands,
    private readonly sending: SendCommands,
    private readonly transactions: TransactionRunner,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
    this.jobs.register({
      name: 'provider-commands.sweep',
      everyMs: MINUTE_MS,
      run: () => this.transactions.run((tx) => this.commands.sweep(tx, BATCH)),
    });
  }

  /** @throws UnavailableError while somebody else sends commands of the same subscription: tried again later */
  async handle({ key, payload }: WorkItem): Promise<void> {
    const lease = await this.leases.acquire(`${SEND_COMMANDS}:${key}`, LEASE_MS);
    if (!lease) throw new UnavailableError('commands_busy', `${key} is being changed elsewhere`);
    try {
      await this.sending.run(payload as SubscriptionOfCommands, lease);
    } finally {
      await this.leases.release(lease);
    }
  }
}
