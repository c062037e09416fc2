import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { hangUpAndClose } from '../../support/hang-up.js';
import { type Person, register } from '../../support/people.js';
import { requestsTo } from '../../support/sandbox-sales.js';

type Row = Readonly<Record<string, unknown>>;

describe.each(['polar', 'stripe'] as const)('FX-34 the customer at %s', (provider) => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ provider, runsWork: false });
  });
  afterAll(() => hangUpAndClose(test));

  const ownerOf = async ({ id }: Person): Promise<string> => {
    const [row] = await test.database.query<{ id: string }[]>(
      'select id from billing_owner where user_id = $1',
      [id],
    );
    return row?.id ?? '';
  };
  const customersOf = async (ownerId: string): Promise<Row[]> => {
    const { body } = (await test.sandbox.control.get('/_control/state')).expect(200);
    const { customers } = body[provider] as { customers: Record<string, Row> };
    return Object.values(customers).filter((customer) => JSON.stringify(customer).includes(ownerId));
  };
  /** Attempts to create a customer, the refused ones included. */
  const creations = async (): Promise<number> =>
    (await requestsTo(test)).filter(
      ({ method, path }) => method === 'POST' && /^\/v1\/customers\/?$/.test(path),
    ).length;
  const buyPro = (person: Person) => person.call.post('/v1/checkout', { plan: 'pro', interval: 'month' });

  it('FX-34 is created by the first checkout, once, and carries our owner id', async () => {
    const person = await register(test);
    const ownerId = await ownerOf(person);
    expect(await customersOf(ownerId)).toEqual([]);
    await test.sandbox.control.delete('/_control/requests');
    (await buyPro(person)).expect(201);
    const [customer, ...others] = await customersOf(ownerId);
    expect(others).toEqual([]);
    expect(customer).toMatchObject(
      provider === 'polar' ? { external_id: ownerId } : { metadata: { owner_id: ownerId } },
    );
    expect(customer?.['email']).toBe(person.email);
    (await person.call.post('/v1/checkout', { plan: 'pro', interval: 'year' })).expect(201);
    expect(await creations()).toBe(1);
    expect(
      await test.database.query('select provider, customer_id from provider_customer where owner_id = $1', [
        ownerId,
      ]),
    ).toEqual([{ provider, customer_id: customer?.['id'] }]);
  });

  it('FX-34 is one after 20 first checkouts at once, which all get the one open page', async () => {
    const person = await register(test);
    const ownerId = await ownerOf(person);
    await test.sandbox.control.delete('/_control/requests');
    const answers = await Promise.all(Array.from({ length: 20 }, () => buyPro(person)));
    for (const answer of answers) answer.expect(201);
    expect(new Set(answers.map(({ body }) => body['url'])).size).toBe(1);
    expect(await customersOf(ownerId)).toHaveLength(1);
    expect(await creations()).toBe(1);
    expect(await test.database.query(`select state from checkout where owner_id = $1`, [ownerId])).toEqual([
      { state: 'open' },
    ]);
  });

  it('FX-34 is found again when our link to it was lost', async () => {
    const person = await register(test);
    const ownerId = await ownerOf(person);
    (await buyPro(person)).expect(201);
    const [before] = await customersOf(ownerId);
    await test.database.query('delete from provider_customer where owner_id = $1', [ownerId]);
    (await person.call.post('/v1/checkout', { plan: 'pro', interval: 'year' })).expect(201);
    expect(await customersOf(ownerId)).toHaveLength(1);
    expect(
      await test.database.query('select customer_id from provider_customer where owner_id = $1', [ownerId]),
    ).toEqual([{ customer_id: before?.['id'] }]);
  });
});
