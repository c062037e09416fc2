import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '@tollgate/kernel';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { Reconcile } from './reconcile.service.js';
import type { ReconcileScope } from './reconcile.store.js';

const MINUTE_MS = 60_000;
const RECENT_EVERY_MS = 15 * MINUTE_MS;
const FULL_EVERY_MS = 24 * 60 * MINUTE_MS;

/** Compares with every configured provider: what changed lately each quarter of an hour, all of it once a day. */
@Injectable()
export class ReconcileJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly providers: ProviderRegistry,
    private readonly reconcile: Reconcile,
  ) {}

  onModuleInit(): void {
    this.register('reconcile.recent', 'recent', RECENT_EVERY_MS);
    this.register('reconcile.full', 'full', FULL_EVERY_MS);
  }

  private register(name: string, scope: ReconcileScope, everyMs: number): void {
    this.jobs.register({ name, everyMs, run: (at) => this.run(scope, at) });
  }

  private async run(scope: ReconcileScope, at: Date): Promise<number> {
    let differing = 0;
    for (const provider of this.providers.all()) differing += await this.reconcile.run(provider, scope, at);
    return differing;
  }
}
