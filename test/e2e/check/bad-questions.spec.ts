import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { expectRefused } from '../../support/refusals.js';
import { serviceKey } from '../../support/service-keys.js';

let test: TestApp;
let person: Person;
let callers: Caller[];

beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  person = await register(test);
  callers = [person.call, await serviceKey(test, 'check:any', 'consume:any')];
});
afterAll(() => test.close());

/** Wrong wherever a body is expected. */
const NO_BODIES: readonly (readonly [what: string, body: unknown])[] = [
  ['nothing', undefined],
  ['null', 'null'],
  ['an empty object', {}],
  ['a list', [{ feature: 'export' }]],
  ['a text', '"export"'],
  ['a number', '42'],
  ['broken JSON', '{"feature": '],
  ['bytes that are not UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ['larger than anybody needs', JSON.stringify({ feature: 'x'.repeat(2_000_000) })],
  ['deeper than anybody needs', `{"feature":${'['.repeat(40)}${']'.repeat(40)}}`],
];

const QUANTITIES = [
  ['negative', '-1'],
  ['zero', '0'],
  ['half', '1.5'],
  ['in words', '"3"'],
  ['beyond all numbers', '1e400'],
  ['beyond what is exact', '9007199254740993'],
  ['just beyond what is exact', '9007199254740992'],
  ['null', 'null'],
  ['true', 'true'],
  ['a list', '[1]'],
  ['an object', '{"valueOf":1}'],
  ['a very small fraction', '1e-400'],
] as const;

const FIELDS = [
  ['a feature that is a number', '{"feature":7}'],
  ['a feature that is empty', '{"feature":""}'],
  ['a feature that is null', '{"feature":null}'],
  ['a feature that is a list', '{"feature":["export"]}'],
  ['a feature without end', JSON.stringify({ feature: 'x'.repeat(60_000) })],
  ['a feature with NUL', '{"feature":"a\\u0000b"}'],
  ['half a surrogate pair', '{"feature":"a\\ud800"}'],
  ['a user that is a query', '{"feature":"export","user":{"$gt":""}}'],
  ['an empty user', '{"feature":"export","user":""}'],
  ['a user without end', JSON.stringify({ feature: 'export', user: 'x'.repeat(60_000) })],
  ['an organization that is a number', '{"feature":"export","organization":7}'],
  ['an owner that is a list', '{"feature":"export","owner":["x"]}'],
  ['an owner beside a user', '{"feature":"export","owner":"x","user":"y"}'],
  ['an owner beside an organization', '{"feature":"export","owner":"x","organization":"y"}'],
  ['a trace that is a text', '{"feature":"export","trace":"yes"}'],
  ['an unknown field', '{"feature":"export","admin":true}'],
  ['a prototype', '{"feature":"export","__proto__":{"trace":true}}'],
  ['a constructor', '{"feature":"export","constructor":{"prototype":{"trace":true}}}'],
] as const;

const BATCHES = [
  ['without features', '{"subjects":[{"user":"x"}]}'],
  ['whose features are a text', '{"features":"export"}'],
  ['with a feature that is none', '{"features":["export",7]}'],
  ['whose subjects are an object', '{"features":["export"],"subjects":{"user":"x"}}'],
  ['with a subject that is a text', '{"features":["export"],"subjects":["x"]}'],
  ['with a subject that is null', '{"features":["export"],"subjects":[null]}'],
  ['with a subject with an unknown field', '{"features":["export"],"subjects":[{"plan":"pro"}]}'],
  ['with an owner beside a user', '{"features":["export"],"subjects":[{"owner":"x","user":"y"}]}'],
  ['with a trace', '{"features":["export"],"trace":true}'],
] as const;

async function expectRefusedEverywhere(path: string, body: unknown): Promise<void> {
  for (const caller of callers) {
    const answer = await caller.send('POST', path, body);
    expectRefused(answer);
    expect([400, 413, 415]).toContain(answer.status);
  }
}

describe('a question', () => {
  it.each(NO_BODIES)('that is %s is refused in words', async (_what, body) => {
    await expectRefusedEverywhere('/v1/check', body);
    await expectRefusedEverywhere('/v1/check/batch', body);
  });

  it.each(QUANTITIES)('about a quantity that is %s (%s) is refused in words', async (_what, quantity) => {
    await expectRefusedEverywhere('/v1/check', `{"feature":"workflows","quantity":${quantity}}`);
  });

  it.each(FIELDS)('with %s is refused in words', async (_what, body) => {
    await expectRefusedEverywhere('/v1/check', body);
  });

  it.each(BATCHES)('in a batch %s is refused in words', async (_what, body) => {
    await expectRefusedEverywhere('/v1/check/batch', body);
  });

  it.each([
    '__proto__x',
    'constructor',
    'toString',
    '日本語',
    "x' or '1'='1",
    '%00',
    '../..',
    'x'.repeat(200),
  ])('about the feature %s is answered: there is no such feature', async (feature) => {
    const { body } = (await person.call.post('/v1/check', { feature })).expect(200);
    expect(body).toMatchObject({ allowed: false, reason: 'feature_unknown', feature });
  });

  it('about as much as can be counted exactly is answered', async () => {
    const question = { feature: 'workflows', quantity: Number.MAX_SAFE_INTEGER };
    expect((await person.call.post('/v1/check', question)).expect(200).body).toMatchObject({
      reason: 'capacity_reached',
    });
  });
});
