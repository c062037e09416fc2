import { afterEach, describe, expect, it } from '@jest/globals';
import { webhooks as polarWebhooks } from '@polar-sh/sdk/2026-10';
import type { SandboxOptions } from '../options.js';
import { after, startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

describe('delivery of webhooks', () => {
  let sandbox: TestSandbox | undefined;

  afterEach(async () => {
    await sandbox?.close();
    sandbox = undefined;
  });

  const start = async (webhooks?: SandboxOptions['webhooks'], seed?: number): Promise<TestSandbox> => {
    sandbox = await startSandbox({
      webhooks: { shuffle: false, duplicate: 0, ...webhooks },
      ...(seed ? { seed } : {}),
    });
    return sandbox;
  };
  const freeze = async (one: TestSandbox): Promise<string> =>
    String((await one.control('PUT', '/clock', { freeze: true })).body['now']);
  const emit = async (one: TestSandbox, type: string, provider = 'polar'): Promise<string> =>
    String((await one.control('POST', '/webhooks/emit', { provider, type, data: { id: 'x' } })).body['id']);
  const find = async (
    one: TestSandbox,
    id: string,
  ): Promise<{ state: string; attempts: { status: number }[] }> => {
    const { events } = (await one.control('GET', '/webhooks')).body as {
      events: { id: string; state: string; attempts: { status: number }[] }[];
    };
    const event = events.find((candidate) => candidate.id === id);
    if (event === undefined) throw new Error('no such event');
    return event;
  };
  const ids = (one: TestSandbox): string[] =>
    one.polarEndpoint.received.map((webhook) => String(webhook.headers['webhook-id']));

  it('arrives without anyone moving a clock', async () => {
    const one = await start();
    const arrived = new Promise<void>((resolve) => {
      one.polarEndpoint.onWebhook = () => resolve();
    });
    const id = await emit(one, 'order.paid');
    await arrived;
    expect(ids(one)).toEqual([id]);
  });

  it('retries under the same id with a fresh signature, ten times at Polar, and treats a redirect as a failure', async () => {
    const one = await start();
    const now = await freeze(one);
    one.polarEndpoint.status = 302;
    const id = await emit(one, 'order.paid');
    await freeze(one);
    expect(await find(one, id)).toMatchObject({ state: 'pending', attempts: [{ status: 302 }] });
    await one.travel(after(now, 1));
    expect(ids(one)).toHaveLength(1);
    await one.travel(after(now, 2));
    expect(ids(one)).toEqual([id, id]);
    expect(await one.travel(after(now, 3600))).toMatchObject({ delivered: 0, failed: 8, pending: 0 });
    expect(ids(one)).toHaveLength(10);
    expect((await find(one, id)).state).toBe('failed');
    expect(new Set(one.polarEndpoint.received.map((webhook) => webhook.body)).size).toBe(1);
  });

  it('delivers on a retry within the move, and says so', async () => {
    const one = await start();
    const now = await freeze(one);
    one.polarEndpoint.status = 503;
    await emit(one, 'order.paid');
    await freeze(one);
    one.polarEndpoint.onWebhook = () => {
      one.polarEndpoint.status = 202;
    };
    expect(await one.travel(after(now, 60))).toMatchObject({
      delivered: 1,
      failed: 0,
      pending: 0,
      frozen: true,
    });
  });

  it('goes on for three days at Stripe', async () => {
    const one = await start();
    const now = await freeze(one);
    one.stripeEndpoint.status = 500;
    const id = await emit(one, 'invoice.paid', 'stripe');
    await one.travel(after(now, 80 * 3600));
    const { attempts, state } = await find(one, id);
    expect(state).toBe('failed');
    expect(attempts.length).toBeGreaterThan(7);
  });

  it('replays a delivered event under its own id', async () => {
    const one = await start();
    const id = await emit(one, 'order.paid');
    await one.control('POST', '/webhooks/flush');
    await one.control('POST', `/webhooks/${id}/replay`);
    expect(ids(one)).toEqual([id, id]);
    expect((await one.control('POST', '/webhooks/nothing/replay')).status).toBe(404);
  });

  it('mixes what falls due together and repeats some of it', async () => {
    const one = await start({ shuffle: true, duplicate: 0.5, delaySeconds: 10 }, 7);
    const now = await freeze(one);
    const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    for (const type of letters) {
      await one.control('POST', '/webhooks/emit', { provider: 'polar', type, data: null });
    }
    expect(await one.travel(after(now, 10))).toMatchObject({ delivered: 8, failed: 0, pending: 0 });
    const types = one.polarEndpoint.received.map((webhook) => webhook.type);
    expect(types.length).toBeGreaterThan(letters.length);
    expect([...new Set(types)]).not.toEqual(letters);
    expect(new Set(types)).toEqual(new Set(letters));
  });

  it('drops, delays and spoils what it is told to', async () => {
    const one = await start();
    const now = await freeze(one);
    await one.control('PUT', '/webhooks', { drop: true });
    expect((await find(one, await emit(one, 'a'))).state).toBe('dropped');
    await one.control('PUT', '/webhooks', { drop: false, delaySeconds: 30 });
    const late = await emit(one, 'b');
    await one.travel(after(now, 29));
    expect(ids(one)).toEqual([]);
    await one.travel(after(now, 30));
    expect(ids(one)).toEqual([late]);
    await one.control('PUT', '/webhooks', { delaySeconds: 0, breakSignature: true });
    await emit(one, 'subscription.updated');
    await one.control('POST', '/webhooks/flush');
    const [, spoiled] = one.polarEndpoint.received;
    await expect(
      polarWebhooks.validateEvent(
        spoiled?.body ?? '',
        spoiled?.headers as Record<string, string>,
        'whsec_polar',
      ),
    ).rejects.toBeInstanceOf(polarWebhooks.PolarWebhookVerificationError);
    expect((await one.control('PUT', '/webhooks', { drop: 2 })).status).toBe(400);
  });

  it('gives up on an endpoint that does not answer in time', async () => {
    const one = await start({ timeoutMs: 50 });
    await freeze(one);
    let release = (): void => undefined;
    one.polarEndpoint.onWebhook = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    const id = await emit(one, 'order.paid');
    await freeze(one);
    release();
    expect(await find(one, id)).toMatchObject({ state: 'pending', attempts: [{ status: null }] });
  });

  it('lets the receiver ask the API back while it is being told', async () => {
    const one = await start();
    const seen: number[] = [];
    one.polarEndpoint.onWebhook = async () => {
      seen.push((await one.polar.customers.list()).items.length);
    };
    await one.polar.customers.create({ email: 'ada@example.com' });
    await one.control('POST', '/webhooks/flush');
    expect(seen).toEqual([1]);
  });
});
