import { describe, expect, it } from '@jest/globals';
import { lookAtEndpoints, lookAtPrices, takeSteps, type ToldEndpoint } from './diagnosis.js';
import { isDigitalTaxCode } from './digital-goods.js';
import { ProviderRefusedError, ProviderUnavailableError } from './provider.errors.js';

const url = 'https://app.example/webhooks/payment';
const expected = { url, apiVersion: '2026-10', events: ['a', 'b'] };
const endpoint: ToldEndpoint = { url, enabled: true, apiVersion: '2026-10', events: ['a', 'b', 'c'] };

describe('webhook endpoints', () => {
  it.each<[string, readonly ToldEndpoint[], string, RegExp]>([
    ['ours', [endpoint], 'ok', /delivers to/],
    [
      'ours with a slash at the end, among others',
      [
        { ...endpoint, url: 'https://x.example' },
        { ...endpoint, url: `${url}/` },
      ],
      'ok',
      /./,
    ],
    ['ours for every event', [{ ...endpoint, events: ['*'] }], 'ok', /./],
    ['none', [], 'fail', /no endpoint delivers/],
    ['another one', [{ ...endpoint, url: 'https://app.example/other' }], 'fail', /no endpoint delivers/],
    ['a disabled one', [{ ...endpoint, enabled: false }], 'fail', /disabled/],
    ['one of another version', [{ ...endpoint, apiVersion: '2025-01' }], 'warn', /speaks version 2025-01/],
    ['one of the account’s version', [{ ...endpoint, apiVersion: null }], 'warn', /account’s/],
    ['one that lacks an event', [{ ...endpoint, events: ['a'] }], 'fail', /does not send b/],
  ])('with %s are judged', (_name, told, verdict, finding) => {
    const step = lookAtEndpoints(told, expected);
    expect(step).toMatchObject({ verdict, finding: expect.stringMatching(finding) });
    expect(step.remedy === null).toBe(verdict === 'ok');
  });
});

describe('mapped prices', () => {
  it('are all on sale, or named one by one, or none at all', () => {
    expect(lookAtPrices(['p1'], new Set(['p1', 'p2'])).verdict).toBe('ok');
    expect(lookAtPrices(['p1', 'p3'], new Set(['p1']))).toMatchObject({
      verdict: 'fail',
      finding: expect.stringContaining('p3'),
    });
    expect(lookAtPrices([], new Set(['p1'])).verdict).toBe('fail');
  });
});

describe('steps', () => {
  it('are all taken, and one that cannot be taken is a finding', async () => {
    const fails = (problem: Error) => async (): Promise<never> => {
      throw problem;
    };
    const steps = await takeSteps([
      { subject: 'credentials', look: fails(new ProviderRefusedError('polar', 'credentials')) },
      {
        subject: 'products',
        look: fails(new ProviderRefusedError('polar', 'invalid', { providerCode: 'odd' })),
      },
      { subject: 'portal', look: fails(new ProviderUnavailableError('polar')) },
      { subject: 'clock', look: fails(new TypeError('fetch failed')) },
    ]);
    expect(steps.map(({ verdict }) => verdict)).toEqual(['fail', 'fail', 'fail', 'fail']);
    expect(steps.map(({ remedy }) => remedy)).toEqual([
      expect.stringContaining('Make a key'),
      expect.stringContaining('odd'),
      expect.stringContaining('base URL'),
      expect.stringContaining('base URL'),
    ]);
  });
});

describe('GO-04: a tax code', () => {
  it.each([
    ['txcd_10103001', true],
    ['txcd_10103101', true],
    ['txcd_10401100', true],
    ['txcd_99999999', false],
    ['txcd_20030000', false],
    ['txcd_101030010', false],
    ['', false],
    [null, false],
  ])('%j of a digital product: %s', (code, isDigital) => {
    expect(isDigitalTaxCode(code)).toBe(isDigital);
  });
});
