import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type AppBehindProxy, createAppBehindProxy } from '../../support/app-behind-proxy.js';
import type { TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import type { Loss, TcpProxy } from '../../support/tcp-proxy.js';

const TAKE = 'insert into capacity_counter';
const INSERT = 'insert into workflow';
const COMMIT = 'COMMIT';

describe('a connection that drops while a handler makes a thing', () => {
  let test: TestApp;
  let proxy: TcpProxy;
  let close: AppBehindProxy['close'];
  let person: Person;

  beforeAll(async () => {
    ({ test, proxy, close } = await createAppBehindProxy({ provider: 'none', runsWork: false }));
    person = await register(test);
  });
  afterEach(() => proxy.mend());
  afterAll(() => close());

  const make = (name: string) => person.call.post('/v1/workflows', { name });
  /** The workflows that exist, and how many of them are counted in total. */
  const standing = () =>
    eventually(async () => {
      const [row] = await test.database
        .query<{ names: string[]; counted: number }[]>(
          `select array(select name from workflow order by name) as names,
             coalesce((select used from capacity_counter where feature = 'workflows' and space = 'total'), 0)::integer as counted`,
        )
        .catch(() => []);
      return row;
    });

  it.each<[string, string, Loss]>([
    ['before the place is taken', TAKE, { what: 'request', thenCut: false }],
    ['before the place is taken, with the database gone', TAKE, { what: 'request', thenCut: true }],
    ['when the place is taken', TAKE, { what: 'answer', thenCut: false }],
    ['before the thing is written', INSERT, { what: 'request', thenCut: false }],
    ['when the thing is written, with the database gone', INSERT, { what: 'answer', thenCut: true }],
    ['before the commit', COMMIT, { what: 'request', thenCut: false }],
  ])('%s: is a typed 503, and neither thing nor place remains', async (_when, words, loss) => {
    const before = await standing();
    proxy.lose(words, loss);
    const answer = (await make('lost')).expect(503);
    expect(answer.body).toMatchObject({ error: 'unavailable' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    proxy.mend();
    expect(await standing()).toEqual(before);
  });

  it('after the commit, whose answer is lost: the thing and its place remain together', async () => {
    const { counted } = await standing();
    proxy.lose(COMMIT, { what: 'answer', thenCut: false });
    (await make('kept')).expect(503);
    expect(await standing()).toEqual({ names: ['kept'], counted: counted + 1 });
  });

  it('and goes on as if nothing had been', async () => {
    await eventually(async () => (await make('after')).status === 201);
    expect(await standing()).toEqual({ names: ['after', 'kept'], counted: 2 });
  });
});
