import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { EntitlementsService, RequiresFeature } from '@tollgate/entitlements';
import { createTestEntitlements } from '@tollgate/entitlements/testing';
import { createKitApp, type KitApp, type KitAppOptions } from './kit-app.js';
import { PapersController } from './kit-controller.js';

@Controller()
class NobodyPaysController {
  @Get()
  @RequiresFeature('export')
  show(): void {}
}

const running: KitApp[] = [];
afterEach(() => Promise.all(running.splice(0).map(({ app }) => app.close())));

async function start(...wish: Parameters<typeof createKitApp>): Promise<KitApp> {
  const started = await createKitApp(...wish);
  running.push(started);
  return started;
}

describe.each(['fastify', 'express'] as const)('EE-13 one fake for guards and services on %s', (adapter) => {
  it('lets everybody in by default, as the same user for whom the same owner pays', async () => {
    const { caller } = await start({}, { adapter });
    expect((await caller.get('/export')).expect(200).body).toEqual({
      principal: { kind: 'user', userId: 'user-1' },
      ownerId: 'owner-1',
      organizationId: null,
      userId: 'user-1',
    });
  });

  it('denies over HTTP with the body and the header of production', async () => {
    const { caller } = await start({ export: { reason: 'rate_limited', retryAfter: 7 } }, { adapter });
    const answer = (await caller.get('/export')).expect(429);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.body).toMatchObject({ error: 'rate_limited', feature: 'export' });
  });

  it('is the same thing behind the gate and in the service, and can be steered', async () => {
    const entitlements = createTestEntitlements({ export: false });
    const { app, caller } = await start(entitlements, { adapter });
    const denied = { error: 'upgrade_required', reason: 'plan_required', requiredPlans: ['pro'] };
    for (const path of ['/export', '/asks'])
      expect((await caller.get(path)).expect(403).body).toMatchObject(denied);
    entitlements.set('export', true);
    for (const path of ['/export', '/asks']) (await caller.get(path)).expect(200);
    expect(app.get(EntitlementsService)).toBe(entitlements);
    expect(entitlements.calls.map(({ method }) => method)).toEqual(['gate', 'require', 'gate', 'require']);
  });
});

describe('EE-13 the guards in a test', () => {
  const statusOf = async (path: string, options: KitAppOptions): Promise<number> =>
    (await (await start({}, options)).caller.get(path)).status;

  it('take places, give them back when the handler fails, and stop at the limit', async () => {
    const { caller } = await start({ papers: { limit: 2, used: 1 } });
    (await caller.post('/torn')).expect(400);
    (await caller.post('/papers')).expect(201);
    const full = { reason: 'capacity_reached', limit: 2, used: 2 };
    expect((await caller.post('/papers')).expect(403).body).toMatchObject(full);
    (await caller.delete('/papers')).expect(200);
    (await caller.post('/papers')).expect(201);
  });

  it('hold a limit of organizations in organizations only', async () => {
    const { caller } = await start({ papers_per_organization: { limit: 0, countedBy: 'organization' } });
    (await caller.post('/papers')).expect(201);
    const answer = await caller.with({ 'Tollgate-Organization': 'team' }).post('/papers');
    expect(answer.expect(403).body).toMatchObject({ feature: 'papers_per_organization', limit: 0 });
  });

  it('fail a handler that forgets its claim', async () => {
    const { caller } = await start();
    expect((await caller.post('/forgotten')).expect(500).body).toMatchObject({ error: 'capacity_not_taken' });
  });

  it('have no database behind them, and say so', async () => {
    const { app } = await start();
    await expect(app.get(PapersController).stored()).rejects.toThrow(
      'tx.query: EntitlementsTestingModule has no database; replace what stores rows',
    );
  });

  it('find who pays by the rule that the handler declares', async () => {
    const { caller } = await start();
    expect((await caller.get('/papers/1')).expect(200).body).toMatchObject({ organizationId: 'team' });
    (await caller.get('/papers/gone')).expect(404);
  });

  it('say when nobody calls and when nobody pays', async () => {
    expect(await statusOf('/export', { principal: null })).toBe(401);
    expect(await statusOf('/asks', { principal: null })).toBe(401);
    expect(await statusOf('/export', { ownerId: null })).toBe(403);
    expect(await statusOf('/asks', { ownerId: null })).toBe(403);
    expect(await statusOf('/export', { principal: { kind: 'system', name: 'nobody' } })).toBe(403);
  });

  it('refuse to boot when nobody declares who pays, as in production', async () => {
    await expect(start({}, { controllers: [NobodyPaysController] })).rejects.toThrow(
      'NobodyPaysController.show is guarded but no @BilledTo declares who pays',
    );
  });

  it('word denials as the application is configured to', async () => {
    const { caller } = await start({ export: false }, { upgradeUrl: '/buy', compatDenialBody: true });
    expect((await caller.get('/export')).body).toEqual({
      error: 'upgrade_required',
      message: 'This feature requires a paid plan',
      upgradeUrl: '/buy',
    });
  });
});
