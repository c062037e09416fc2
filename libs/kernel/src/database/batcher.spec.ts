import { afterEach, describe, expect, it } from '@jest/globals';
import { Batcher, type BatcherOptions, type Waiting } from './batcher.js';

/** An ask of a subject: `a1` and `a2` are about `a`, `-1` is about nothing. */
type Ask = string;

interface Run {
  readonly lane: number;
  readonly asks: Ask[];
  /** Answers all and ends the batch. */
  end(): Promise<void>;
  fail(error: Error): Promise<void>;
}

const unfinished: Run[] = [];

// Whoever still waits keeps a timer going.
afterEach(async () => {
  for (let run = unfinished.shift(); run; run = unfinished.shift()) await run.end();
});

/** A batcher whose batches end when the test says so. */
function held(options: Partial<BatcherOptions<Ask, string>> = {}) {
  const runs: Run[] = [];
  const batcher = new Batcher<Ask, string>({
    run: (batch, lane) =>
      new Promise((resolve, reject) => {
        const run: Run = {
          lane,
          asks: batch.map(({ ask }) => ask),
          end: async () => {
            for (const waiting of batch) waiting.answer(`${waiting.ask} in ${lane}`);
            resolve();
            await turns();
          },
          fail: async (error) => {
            reject(error);
            await turns();
          },
        };
        runs.push(run);
        unfinished.push(run);
      }),
    lanes: 2,
    subjectOf: (ask) => (ask.startsWith('-') ? null : ask.slice(0, 1)),
    leastAtOnce: 1,
    mostAtOnce: 100,
    mostWaiting: 100,
    answerWithinMs: 60_000,
    refusal: () => new Error('too late or too many'),
    ...options,
  });
  const ask = (...asks: Ask[]): Promise<PromiseSettledResult<string>[]> =>
    Promise.allSettled(asks.map((one) => batcher.ask(one)));
  return { batcher, runs, ask };
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const asksOf = (runs: readonly Run[]): Ask[][] => runs.map(({ asks }) => asks);

describe('a batcher', () => {
  it('sends a lone ask at once', async () => {
    const { runs, ask } = held();
    const answers = ask('a1');
    await turns();
    expect(asksOf(runs)).toEqual([['a1']]);
    await runs[0]?.end();
    expect(await answers).toEqual([{ status: 'fulfilled', value: 'a1 in 0' }]);
  });

  it('keeps a caller who asks again at once in one lane, whatever its asks are about', async () => {
    const lanes: number[] = [];
    const batcher = new Batcher<Ask, string>({
      run: async (batch, lane) => {
        await turns();
        lanes.push(lane);
        for (const waiting of batch) waiting.answer(waiting.ask);
      },
      lanes: 2,
      subjectOf: (ask) => ask,
      leastAtOnce: 1,
      mostAtOnce: 100,
      mostWaiting: 100,
      answerWithinMs: 60_000,
      refusal: () => new Error('too late or too many'),
    });
    for (const ask of ['a', 'b', 'c', 'd']) expect(await batcher.ask(ask)).toBe(ask);
    expect(lanes).toEqual([0, 0, 0, 0]);
  });

  it('waits for no batch of which nobody but one whose time ran out is left', async () => {
    const { runs, ask } = held({ answerWithinMs: 20 });
    const late = ask('a1');
    expect(await late).toMatchObject([{ status: 'rejected' }]);
    void ask('b1');
    await turns();
    expect(runs.map(({ lane, asks }) => [lane, asks])).toEqual([
      [0, ['a1']],
      [1, ['b1']],
    ]);
  });

  it('collects what is asked while a batch of the same subject is under way, in order', async () => {
    const { runs, ask } = held();
    void ask('a1');
    await turns();
    void ask('a2', 'a3');
    await turns();
    void ask('a4');
    await turns();
    expect(asksOf(runs)).toEqual([['a1']]);
    await runs[0]?.end();
    expect(asksOf(runs)).toEqual([['a1'], ['a2', 'a3', 'a4']]);
  });

  it('takes another lane for another subject, and no third one', async () => {
    const { runs, ask } = held();
    void ask('a1');
    await turns();
    void ask('a2', 'b1', '-1');
    await turns();
    void ask('c1');
    await turns();
    expect(runs.map(({ lane, asks }) => [lane, asks])).toEqual([
      [0, ['a1']],
      [1, ['b1', '-1']],
    ]);
    await runs[1]?.end();
    expect(runs[2]).toMatchObject({ lane: 1, asks: ['c1'] });
    await runs[0]?.end();
    expect(runs[3]).toMatchObject({ lane: 0, asks: ['a2'] });
  });

  it('shares what waits among the free lanes, all of one subject together', async () => {
    const { runs, ask } = held();
    void ask('a1', 'b1', 'a2', 'c1', 'a3', 'd1');
    await turns();
    expect(asksOf(runs)).toEqual([
      ['a1', 'b1', 'a2', 'a3'],
      ['c1', 'd1'],
    ]);
  });

  it('spreads nothing that is too little to be spread', async () => {
    const { runs, ask } = held({ leastAtOnce: 4 });
    void ask('a1', 'b1', 'c1', 'd1');
    await turns();
    expect(asksOf(runs)).toEqual([['a1', 'b1', 'c1', 'd1']]);
  });

  it('leaves nobody behind who does not fit into a batch', async () => {
    const { runs, ask } = held({ mostAtOnce: 2 });
    void ask('a1', 'a2', 'a3', 'b1');
    await turns();
    expect(asksOf(runs)).toEqual([['a1', 'a2'], ['b1']]);
    await runs[0]?.end();
    expect(asksOf(runs)).toEqual([['a1', 'a2'], ['b1'], ['a3']]);
  });

  it('refuses all of a batch that fails, and goes on', async () => {
    const { batcher, runs, ask } = held();
    const first = ask('a1');
    await turns();
    const second = ask('a2');
    await runs[0]?.fail(new Error('no'));
    await runs[1]?.end();
    expect(await first).toMatchObject([{ status: 'rejected', reason: { message: 'no' } }]);
    expect(await second).toMatchObject([{ status: 'fulfilled' }]);
    await batcher.idle();
  });

  it('refuses at once whoever is too many', async () => {
    const { runs, ask } = held({ mostWaiting: 2 });
    const answers = ask('a1', 'a2', 'a3');
    await turns();
    await runs[0]?.end();
    expect(await answers).toMatchObject([
      { status: 'fulfilled' },
      { status: 'fulfilled' },
      { status: 'rejected', reason: { message: 'too late or too many' } },
    ]);
  });

  it('refuses whoever waited too long, whose answer then comes to nothing', async () => {
    const late: Waiting<Ask, string>[] = [];
    const { ask } = held({
      answerWithinMs: 1,
      run: async (batch) => {
        late.push(...batch);
      },
    });
    expect(await ask('a1')).toMatchObject([{ status: 'rejected' }]);
    expect(late[0]?.isAnswered).toBe(true);
    late[0]?.answer('too late');
  });
});
