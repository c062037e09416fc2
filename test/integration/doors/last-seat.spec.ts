import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Controller, Post } from '@nestjs/common';
import { BilledTo, type CapacityClaim, Claim, WithinCapacity } from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { Gate } from '../../support/gate.js';
import { createDoorApp, type DoorApp } from './door-app.js';
import { personOn } from './door-town.js';

const bothInside = new Gate();
let inside = 0;

/** Lets nobody sit down before two have passed the gate. */
@BilledTo({ by: 'caller' })
@Controller('seats')
class SeatsController {
  constructor(private readonly transactions: TransactionRunner) {}

  @Post()
  @WithinCapacity('seats')
  async sit(@Claim() claim: CapacityClaim): Promise<void> {
    inside += 1;
    if (inside === 2) bothInside.open();
    await bothInside.opened;
    await this.transactions.run((tx) => claim.take(tx));
  }
}

let test: DoorApp;
beforeAll(async () => {
  test = await createDoorApp({ controllers: [SeatsController] });
});
afterAll(() => test.close());

it('the last seat, wanted by two at once, is refused to one of them as any other seat is: seat_limit', async () => {
  const caller = test.anonymous.with((await personOn(test, 'pro')).headers);
  const answers = await Promise.all([caller.post('/seats'), caller.post('/seats')]);
  const [taken, refused] = answers.toSorted((one, other) => one.status - other.status);
  expect(taken?.status).toBe(201);
  expect(refused?.expect(403).body).toMatchObject({ error: 'seat_limit', limit: 1, used: 1 });
  expect((await caller.post('/seats')).expect(403).body).toMatchObject({ error: 'seat_limit' });
});
