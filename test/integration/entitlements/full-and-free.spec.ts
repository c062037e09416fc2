import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createGuardedApp, type GuardedApp } from '../../support/guarded/guarded-app.js';
import { as } from '../../support/guarded/small-town.js';
import { ThingsController } from '../../support/guarded/things.controller.js';

let test: GuardedApp;
beforeAll(async () => {
  test = await createGuardedApp({ controllers: [ThingsController] });
});
afterAll(() => test.close());

describe('a capacity that is full', () => {
  it('FX-11 refuses the next thing, and has room again when one is deleted', async () => {
    const bob = test.anonymous.with(as('bob'));
    const ids: string[] = [];
    for (let n = 0; n < 2; n++) ids.push(String((await bob.post('/things')).expect(201).body['id']));
    expect((await bob.post('/things')).expect(403).body).toMatchObject({
      reason: 'capacity_reached',
      feature: 'things',
      limit: 2,
      used: 2,
    });
    (await bob.delete(`/things/${ids[0]}`)).expect(200);
    (await bob.post('/things')).expect(201);
    (await bob.post('/things')).expect(403);
  });
});
