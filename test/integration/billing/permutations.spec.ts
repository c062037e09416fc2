import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Inbox, type ProviderSubscription, Reconcile } from '@tollgate/billing';
import { Clock } from '@tollgate/kernel';
import type { FakeDelivery } from '../../support/fake-deliveries.js';
import type { FakeProvider } from '../../support/fake-provider.js';
import { createFakeWorld, type FakeWorld } from '../../support/histories/fake-world.js';
import { EVENTS, live } from '../../support/histories/history.js';
import { seeded, shuffled } from '../../support/histories/random.js';

/** `npm test` runs a sample, `npm run test:all` the whole; `HISTORIES` is another number, `HISTORY_SEED` repeats a run. */
const IS_FULL = process.env['TOLLGATE_FULL_SIZE'] === '1';
const HISTORIES = Number(process.env['HISTORIES'] ?? (IS_FULL ? 5_000 : 120));
const SEED = Number(process.env['HISTORY_SEED'] ?? 20_261_126);
const BATCH = 40;

interface Lived {
  readonly provider: 'polar' | 'stripe';
  readonly id: string;
  readonly ownerId: string;
}

interface Row {
  readonly plan: string;
  readonly status: string;
  readonly cancel_at: Date | null;
  readonly current_period_end: Date | null;
  readonly seats: number;
}

describe(`${HISTORIES} histories of ${EVENTS} events, seed ${SEED}`, () => {
  let world: FakeWorld;

  beforeAll(async () => {
    world = await createFakeWorld();
  });
  afterAll(() => world.close());

  /**
   * Lets one history happen. Meanwhile its events arrive in any order, some twice and some never, and are worked off
   * while the provider can be asked or cannot; in a third of the histories the endpoint is switched off on the way.
   */
  const one = async (index: number): Promise<Lived> => {
    const random = seeded(SEED + index);
    const provider = random() < 0.5 ? 'polar' : 'stripe';
    const fake = world.providers[provider];
    const { id, ownerId } = await world.buy(provider);
    const hears = random() < 0.33 ? Math.floor(random() * EVENTS) : EVENTS;
    let onTheWay: FakeDelivery[] = [];
    let happened = 0;
    for (const delivery of live(fake, id, random, () => world.libs.app.get(Clock).now())) {
      if (++happened > hears) continue;
      const copies = random() < 0.2 ? 0 : random() < 0.25 ? 2 : 1;
      onTheWay = shuffled(random, [...onTheWay, ...Array.from({ length: copies }, () => delivery)]);
      const arriving = Math.floor(random() * (onTheWay.length + 1));
      await arrive(fake, onTheWay.splice(0, arriving), random);
      if (random() < 0.4) await world.work(provider, id);
    }
    await arrive(fake, onTheWay, random);
    return { provider, id, ownerId };
  };
  const arrive = async (
    fake: FakeProvider,
    deliveries: readonly FakeDelivery[],
    random: () => number,
  ): Promise<void> => {
    for (const { rawBody, headers } of deliveries) {
      const event = await fake.verify(rawBody, headers);
      await world.libs.app.get(Inbox, { strict: false }).accept(fake.name, event, rawBody.toString());
      if (random() > 0.2 || event.subscriptionId === null) continue;
      fake.goDown();
      await world.work(fake.name, event.subscriptionId);
      fake.goDown(false);
    }
  };

  const rowOf = async (id: string): Promise<Row | undefined> => {
    const [row] = await world.libs.database.query<Row[]>(
      'select plan, status, cancel_at, current_period_end, seats from provider_subscription where id = $1',
      [id],
    );
    return row;
  };
  const model = (told: ProviderSubscription): Row => ({
    plan: told.priceRef === 'team_month' ? 'team' : 'pro',
    status: told.rawStatus,
    cancel_at: told.cancelAt,
    current_period_end: told.currentPeriodEnd,
    seats: told.seats,
  });

  /** Works off what waits, once each; answers how many subscriptions that were. */
  const workOff = async (): Promise<number> => {
    const [waiting] = await world.libs.database.query<
      [{ payload: { provider: 'polar' | 'stripe'; subscriptionId: string } }[], number]
    >(`delete from work_item where kind = 'subscription.sync' returning payload`);
    for (const { payload } of waiting) await world.work(payload.provider, payload.subscriptionId);
    return waiting.length;
  };
  const fetches = (): number =>
    Object.values(world.providers).reduce(
      (sum, { calls }) => sum + calls.filter((name) => name === 'fetchSubscription').length,
      0,
    );
  const isAsTold = async ({ provider, id, ownerId }: Lived): Promise<boolean> => {
    const told = world.providers[provider].life.fetch(id);
    const [owner] = await world.libs.database.query<{ plan: string }[]>(
      'select plan from subscription where owner_id = $1',
      [ownerId],
    );
    const plan = told.endedAt === null ? model(told).plan : 'free';
    return JSON.stringify(await rowOf(id)) === JSON.stringify(model(told)) && owner?.plan === plan;
  };

  it('end as the provider tells them, with one call for each subscription that differs', async () => {
    const differing: string[] = [];
    for (let start = 0; start < HISTORIES; start += BATCH) {
      const lived: Lived[] = [];
      for (let index = start; index < Math.min(start + BATCH, HISTORIES); index++)
        lived.push(await one(index));
      await workOff();
      for (const fake of Object.values(world.providers))
        await world.libs.app.get(Reconcile, { strict: false }).run(fake, 'full', new Date());
      const before = fetches();
      const repaired = await workOff();
      expect(fetches() - before).toBeLessThanOrEqual(repaired);
      for (const subscription of lived) if (!(await isAsTold(subscription))) differing.push(subscription.id);
    }
    expect(differing).toEqual([]);
  }, 7_200_000);
});
