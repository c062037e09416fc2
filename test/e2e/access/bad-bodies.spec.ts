import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { expectRefused } from '../../support/refusals.js';
import { placesOf } from '../../support/tenants.js';

let test: TestApp;
let person: Person;
let ownId: string;

beforeAll(async () => {
  test = await createTestApp();
  person = await register(test);
  ownId = String((await person.call.post('/v1/workflows', { name: 'a workflow' })).expect(201).body['id']);
});
afterAll(() => test.close());

/** Wrong wherever a body is expected. */
const NO_BODIES: readonly (readonly [what: string, body: unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['an empty object', {}],
  ['a list', [{ name: 'x', plan: 'pro', interval: 'month' }]],
  ['a text', '"pro"'],
  ['a number', '42'],
  ['broken JSON', '{"name": '],
  ['JSON with a trailing comma', '{"name":"x","plan":"pro","interval":"month",}'],
  ['bytes that are not UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
  ['larger than anybody needs', JSON.stringify({ name: 'x'.repeat(2_000_000) })],
];

/** Wrong as the only field `name`. */
const NAMES: readonly (readonly [what: string, name: string])[] = [
  ['a number', '7'],
  ['null', 'null'],
  ['a list', '["x"]'],
  ['an object', '{"toString":"x"}'],
  ['empty', '""'],
  ['blank', '"   "'],
  ['too long', JSON.stringify('x'.repeat(201))],
  ['without end', JSON.stringify('x'.repeat(60_000))],
  ['with NUL', '"a\\u0000b"'],
  ['with a line break', '"a\\nb"'],
  ['written in the wrong direction', '"a\\u202eb"'],
  ['half a surrogate pair', '"a\\ud800"'],
  ['beside an unknown field', '"x","admin":true'],
  ['beside an owner of one’s own choice', '"x","ownerId":"0190a6b2-7c5e-7000-8000-000000000001"'],
  ['beside a prototype', '"x","__proto__":{"isAdmin":true}'],
  ['beside a constructor', '"x","constructor":{"prototype":{"isAdmin":true}}'],
];

/** Wrong as a wish to buy. */
const WISHES: readonly (readonly [what: string, wish: string])[] = [
  ['a plan that does not exist', '{"plan":"gold","interval":"month"}'],
  ['a plan that is a prototype', '{"plan":"__proto__","interval":"month"}'],
  ['a plan that is a number', '{"plan":1,"interval":"month"}'],
  ['a plan that is a query', '{"plan":{"$gt":""},"interval":"month"}'],
  ['a plan with NUL', '{"plan":"pro\\u0000","interval":"month"}'],
  ['half a surrogate pair as plan', '{"plan":"\\ud800","interval":"month"}'],
  ['a plan without end', JSON.stringify({ plan: 'p'.repeat(60_000), interval: 'month' })],
  ['the free plan', '{"plan":"free","interval":"month"}'],
  ['no plan', '{"interval":"month"}'],
  ['no interval', '{"plan":"pro"}'],
  ['an interval that is not sold', '{"plan":"pro","interval":"century"}'],
  ['an unknown field', '{"plan":"pro","interval":"month","amount":1}'],
  ['an owner of one’s own choice', '{"plan":"pro","interval":"month","ownerId":"somebody"}'],
  ['a prototype', '{"plan":"pro","interval":"month","__proto__":{"seats":1}}'],
  ['no seats', '{"plan":"team","interval":"month","seats":0}'],
  ['fewer than no seats', '{"plan":"team","interval":"month","seats":-5}'],
  ['half a seat', '{"plan":"team","interval":"month","seats":1.5}'],
  ['seats in words', '{"plan":"team","interval":"month","seats":"3"}'],
  ['more seats than are sold', '{"plan":"team","interval":"month","seats":1001}'],
  ['more seats than can be counted', '{"plan":"team","interval":"month","seats":1e300}'],
  ['a seat of a plan that has none', '{"plan":"pro","interval":"month","seats":2}'],
];

/** Sends the body to the routes; all refuse it in words and none changes anything. */
async function expectAllRefuse(routes: readonly (readonly [string, string])[], body: unknown): Promise<void> {
  const before = await placesOf(test, person, 'workflows');
  for (const [method, path] of routes) expectRefused(await person.call.send(method, path, body));
  expect(await placesOf(test, person, 'workflows')).toEqual(before);
  expect((await person.call.get(`/v1/workflows/${ownId}`)).body).toMatchObject({ name: 'a workflow' });
}

const namingRoutes = (): [string, string][] => [
  ['POST', '/v1/workflows'],
  ['PATCH', `/v1/workflows/${ownId}`],
  ['POST', '/v1/api-keys'],
];

describe('a body', () => {
  it.each(NO_BODIES)('that is %s is refused on every route that takes one', async (_what, body) => {
    await expectAllRefuse([...namingRoutes(), ['POST', '/v1/checkout']], body);
  });

  it.each(NAMES)('whose name is %s is refused on every route that takes one', async (_what, name) => {
    await expectAllRefuse(namingRoutes(), `{"name":${name}}`);
  });

  it.each(WISHES)('that wishes to buy %s is refused', async (_what, wish) => {
    await expectAllRefuse([['POST', '/v1/checkout']], wish);
    expect(await test.database.query('select 1 from checkout')).toEqual([]);
  });

  it('without a fault is taken by the same routes, in any script', async () => {
    const name = 'Überprüfung 検査 🧪';
    const made = (await person.call.post('/v1/workflows', { name })).expect(201);
    const path = `/v1/workflows/${String(made.body['id'])}`;
    (await person.call.patch(path, { name: 'x'.repeat(200) })).expect(200);
    (await person.call.post('/v1/api-keys', { name })).expect(201);
    (await person.call.delete(path)).expect(204);
  });
});
