import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReportUsage } from '@tollgate/billing';
import { createFakeWorld, type FakeWorld } from '../../support/histories/fake-world.js';

const HOUR_MS = 3_600_000;
const AT = new Date('2027-01-01T00:00:00Z');
const later = (hours: number): Date => new Date(AT.getTime() + hours * HOUR_MS);

describe('units beyond a limit', () => {
  let world: FakeWorld;
  let ownerId: string;

  beforeAll(async () => {
    world = await createFakeWorld({ usageDedupeHours: 24 });
    const bought = await world.buy('stripe');
    ownerId = bought.ownerId;
    await world.work('stripe', bought.id);
  });
  afterAll(() => world.close());

  const owe = async (owner = ownerId): Promise<string> => {
    const id = randomUUID();
    await world.libs.database.query(
      `insert into usage_overage (id, grant_id, owner_id, feature, window_start, quantity, at)
       values ($1, $2, $3, 'executions', $4, 3, $4)`,
      [id, randomUUID(), owner, AT],
    );
    return id;
  };
  const report = (at: Date) => world.libs.app.get(ReportUsage, { strict: false }).run(at);
  const stateOf = async (id: string) => {
    const [row] = await world.libs.database.query<{ state: string; note: string | null }[]>(
      'select state, note from usage_overage where id = $1',
      [id],
    );
    return row;
  };

  it('SB-32 are told to the provider’s meter once, under the id of their row', async () => {
    const id = await owe();
    expect(await report(AT)).toBe(1);
    expect(await report(AT)).toBe(0);
    expect(world.providers.stripe.till.counted.get(id)).toMatchObject({ meter: 'executions', quantity: 3n });
    expect(await stateOf(id)).toEqual({ state: 'reported', note: null });
  });

  it('SB-32 are told again while the outcome is unknown, and parked for staff after the dedupe window', async () => {
    const [soon, never] = [await owe(), await owe()];
    world.providers.stripe.goDown();
    await report(AT);
    expect(await stateOf(soon)).toMatchObject({ state: 'pending' });
    world.providers.stripe.goDown(false);
    await world.libs.database.query(`update usage_overage set state = 'parked' where id = $1`, [never]);
    await report(later(22));
    expect(await stateOf(soon)).toMatchObject({ state: 'reported' });
    await world.libs.database.query(`update usage_overage set state = 'pending' where id = $1`, [never]);
    await report(later(23));
    expect(await stateOf(never)).toEqual({ state: 'parked', note: 'outcome_unknown' });
    expect(world.providers.stripe.till.counted.has(never)).toBe(false);
    const alerts = await world.libs.database.query<{ subject: string }[]>(
      `select subject from billing_alert where kind = 'usage_parked'`,
    );
    expect(alerts.map(({ subject }) => subject)).toEqual([never]);
  });

  it('of an owner without a subscription at a provider are left to staff', async () => {
    const { ownerId: other } = await world.buy('polar');
    const id = await owe(other);
    await report(AT);
    expect(await stateOf(id)).toEqual({ state: 'parked', note: 'no_customer' });
  });
});
