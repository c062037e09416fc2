import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Played, play } from '../../apps/api/src/launcher/rehearsal/play.js';
import { Stage } from '../../apps/api/src/launcher/rehearsal/stage.js';
import { A_YEAR } from '../../apps/api/src/launcher/rehearsal/year.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { SECRETS } from '../support/secrets.js';

/** Far enough ahead that both clocks only move forward, whenever this runs. */
const year = (): number => new Date(Date.now()).getUTCFullYear() + 1;

describe.each(['polar', 'stripe'] as const)('GO-05 a year of one team, sold through %s', (provider) => {
  let test: TestApp;
  let stage: Stage;

  beforeAll(async () => {
    test = await createTestApp({ provider, environment: { BILLING_TRIAL_DAYS: '14' } });
    const { url, sandbox } = test;
    stage = new Stage({ apiUrl: url, sandboxUrl: sandbox.url, controlToken: SECRETS.controlToken });
  });
  afterAll(() => test.close());

  it('plays no step once it is told to stop', async () => {
    const played: Played[] = [];
    const told = play(A_YEAR, stage, year(), (one) => played.push(one), AbortSignal.abort());
    await expect(told).rejects.toThrow('stopped');
    expect(played).toEqual([]);
  });

  it('comes out as the story says, step by step', async () => {
    const played: Played[] = [];
    await play(A_YEAR, stage, year(), (one) => played.push(one), new AbortController().signal);
    expect(played).toHaveLength(A_YEAR.length);
    expect(played.at(-1)?.after).toMatchObject({ plan: 'free', status: 'active' });
  }, 300_000);
});
