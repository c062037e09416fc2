import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Leases, UnavailableError, WorkHandlers, type WorkHandler, type WorkItem } from '@tollgate/kernel';
import { SYNC_SUBSCRIPTION, type SyncSubscription } from './inbox.service.js';
import { SubscriptionSync } from './subscription-sync.service.js';

/** Longer than a fetch and its transaction may take. */
const LEASE_MS = 30_000;

/** Takes the lease on one provider subscription and has it synchronised. */
@Injectable()
export class SubscriptionSyncHandler implements WorkHandler, OnModuleInit {
  readonly kind = SYNC_SUBSCRIPTION;

  constructor(
    private readonly handlers: WorkHandlers,
    private readonly leases: Leases,
    private readonly sync: SubscriptionSync,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  /** @throws UnavailableError while somebody else works on the same subscription: tried again later */
  async handle({ key, payload }: WorkItem): Promise<void> {
    const lease = await this.leases.acquire(`${SYNC_SUBSCRIPTION}:${key}`, LEASE_MS);
    if (!lease) throw new UnavailableError('sync_busy', `${key} is being synchronised elsewhere`);
    try {
      await this.sync.run(payload as SyncSubscription, lease);
    } finally {
      await this.leases.release(lease);
    }
  }
}
