import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, Post } from '@nestjs/common';
import {
  BilledTo,
  type CapacityClaim,
  Claim,
  CurrentAccess,
  type OwnedAccess,
  WithinCapacity,
} from '@tollgate/entitlements';
import { InvalidRequestError, TransactionRunner } from '@tollgate/kernel';
import { createGuardedApp, type GuardedApp } from '../../support/guarded/guarded-app.js';
import { as } from '../../support/guarded/small-town.js';
import { ThingsStore } from '../../support/guarded/things.store.js';

/** Handlers that keep, break or forget the promise of a claim. */
@BilledTo({ by: 'caller' })
@Controller()
class PromisesController {
  constructor(
    private readonly things: ThingsStore,
    private readonly transactions: TransactionRunner,
  ) {}

  @Post('kept')
  @WithinCapacity('things')
  async kept(@CurrentAccess() { userId }: OwnedAccess, @Claim() claim: CapacityClaim): Promise<void> {
    await this.transactions.run(async (tx) => {
      await claim.take(tx);
      await this.things.insert(tx, userId, null);
    });
  }

  @Post('failed')
  @WithinCapacity('things')
  async failed(@CurrentAccess() { userId }: OwnedAccess, @Claim() claim: CapacityClaim): Promise<void> {
    await this.transactions.run(async (tx) => {
      await claim.take(tx);
      await this.things.insert(tx, userId, null);
      throw new InvalidRequestError('no_good', 'This thing is no good');
    });
  }

  @Post('forgotten')
  @WithinCapacity('things')
  forgotten(@Claim() claim: CapacityClaim): object {
    return { ownerId: claim.place.ownerId };
  }

  @Post('not-asked-for')
  @WithinCapacity('things')
  notAskedFor(): void {}

  @Post('without')
  without(@Claim() claim: CapacityClaim): object {
    return { taken: claim.taken };
  }
}

let test: GuardedApp;
beforeAll(async () => {
  test = await createGuardedApp({ controllers: [PromisesController] });
});
afterAll(() => test.close());
beforeEach(() => test.database.query('delete from capacity_counter; delete from thing'));

const bob = (path: string) => test.anonymous.with(as('bob')).post(path);
const counted = async (): Promise<[things: number, used: number]> => {
  const [row] = await test.database.query<{ things: number; used: number }[]>(
    `select (select count(*)::int from thing) as things,
       coalesce((select used::int from capacity_counter where space = 'total'), 0) as used`,
  );
  return [row?.things ?? -1, row?.used ?? -1];
};

describe('a claim', () => {
  it('counts the thing that was made, once', async () => {
    (await bob('/kept')).expect(201);
    expect(await counted()).toEqual([1, 1]);
  });

  it('leaves no count behind when the handler fails', async () => {
    (await bob('/failed')).expect(400);
    expect(await counted()).toEqual([0, 0]);
    for (const _ of [1, 2]) (await bob('/kept')).expect(201);
    (await bob('/failed')).expect(403);
    expect(await counted()).toEqual([2, 2]);
  });

  it.each(['/forgotten', '/not-asked-for'])('fails a handler that succeeds without it: %s', async (path) => {
    const answer = await bob(path);
    expect(answer.expect(500).body).toMatchObject({ error: 'capacity_not_taken' });
    expect(await counted()).toEqual([0, 0]);
  });

  it('cannot be asked for where no capacity is declared', async () => {
    expect((await bob('/without')).expect(500).body).toMatchObject({ error: 'gate_misdeclared' });
  });

  it('does not run the handler of a caller who has no room', async () => {
    for (const _ of [1, 2]) (await bob('/kept')).expect(201);
    (await bob('/forgotten')).expect(403);
  });
});
