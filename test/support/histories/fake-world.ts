import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { BillingModule, BillingOwners, type ProviderName, UserDirectory } from '@tollgate/billing';
import { Catalogs, CatalogModule, Assignments } from '@tollgate/entitlements';
import { TransactionRunner, WorkHandlers } from '@tollgate/kernel';
import { seedCatalog } from '../../../apps/api/src/database/seeds/catalog.js';
import type { ProviderCapabilities } from '../../../libs/billing/src/providers/provider-capabilities.js';
import { FakeProvider } from '../fake-provider.js';
import { createLibsApp, type LibsApp } from '../libs-app.js';

const PRICES = {
  pro_month: { plan: 'pro', amount: 9_900, interval: 'month' },
  team_month: { plan: 'team', amount: 3_000, interval: 'month' },
} as const;

class Nobody extends UserDirectory {
  async find() {
    return new Map();
  }
  async search() {
    return [];
  }
}

@Module({})
class HostModule {}

/** Billing on a real Postgres with providers in memory. */
export interface FakeWorld {
  readonly libs: LibsApp;
  readonly providers: Readonly<Record<'polar' | 'stripe', FakeProvider>>;
  /** A new owner with a subscription bought this moment; nothing of it has arrived yet. */
  buy(provider: ProviderName): Promise<{ ownerId: string; id: string }>;
  /** Works off what waits for these subscriptions, whatever fails. */
  work(provider: ProviderName, subscriptionId: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts it. */
export async function createFakeWorld(capabilities: Partial<ProviderCapabilities> = {}): Promise<FakeWorld> {
  const providers = {
    polar: new FakeProvider({ name: 'polar', prices: PRICES }),
    stripe: new FakeProvider({
      name: 'stripe',
      prices: PRICES,
      capabilities: {
        changeAtPeriodEnd: 'ours',
        prorations: ['invoice_now', 'next_invoice', 'none'],
        ...capabilities,
      },
    }),
  };
  const prices = (['polar', 'stripe'] as const).flatMap((provider) =>
    Object.entries(PRICES).map(([externalId, { plan, interval }]) => ({
      provider,
      externalId,
      plan,
      interval,
    })),
  );
  const libs = await createLibsApp([
    {
      module: HostModule,
      global: true,
      imports: [CatalogModule],
      providers: [Assignments, { provide: UserDirectory, useValue: new Nobody() }],
      exports: [UserDirectory, CatalogModule, Assignments],
    },
    BillingModule.forRoot({
      appUrl: 'https://app.example',
      providers: Object.values(providers),
      selling: 'polar',
      prices,
      currency: 'usd',
      trialDays: null,
      proration: 'next_invoice',
      silenceHours: null,
      returnOrigins: [],
    }),
  ]);
  await libs.app.get(Catalogs, { strict: false }).publish(seedCatalog, { author: 'test', reason: 'a test' });
  return {
    libs,
    providers,
    buy: (provider) => buy(libs, providers[provider as 'polar']),
    work: (provider, subscriptionId) => work(libs, provider, subscriptionId),
    close: () => libs.close(),
  };
}

async function buy(libs: LibsApp, provider: FakeProvider): Promise<{ ownerId: string; id: string }> {
  const ownerId = await libs.app
    .get(TransactionRunner)
    .run((tx) => libs.app.get(BillingOwners, { strict: false }).register(tx, randomUUID()));
  const { customerId } = await provider.ensureCustomer({ ownerId, email: 'a@example.test', name: null });
  const page = await provider.createCheckout({
    checkoutId: randomUUID(),
    ownerId,
    customerId,
    plan: 'pro',
    interval: 'month',
    priceRef: 'pro_month',
    seats: null,
    trialDays: null,
    successUrl: 'https://app.example',
    cancelUrl: 'https://app.example',
  });
  return { ownerId, id: provider.pay(page.id) };
}

async function work(libs: LibsApp, provider: ProviderName, subscriptionId: string): Promise<void> {
  const handler = libs.app.get(WorkHandlers).of('subscription.sync');
  const payload = { provider, subscriptionId };
  const item = {
    id: 'item',
    kind: 'subscription.sync',
    key: `${provider}:${subscriptionId}`,
    payload,
    attempts: 0,
  };
  // Out of reach: the work stays, as it would in the queue.
  await handler.handle(item).catch(() => undefined);
}
