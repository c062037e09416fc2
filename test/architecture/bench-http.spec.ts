import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { barsOf, COUNTED, type Findings, type Load, rowsOf } from '../../bench/http/findings.mjs';
import type { Bar } from '../../bench/runner/bars.mjs';

const ALIKE = { ratio: 1, low: 1, high: 1 };

/** A run in which every route of the gate answers so fast, and the counting one so fast. */
function findings(gated: number, p99: number, counted: number): Findings {
  const load = (perSecond: number): Load => ({ perSecond, p50: 1, p99, cpu: 100 });
  return {
    connections: 64,
    gate: {
      measured: { '/bench/open': [load(9_000)], '/bench/gated': [1, gated, 99_999].map(load) },
      throughput: ALIKE,
      cpu: ALIKE,
    },
    steady: load(2_000),
    beside: new Map([[COUNTED, [1, counted, 99_999].map(load)]]),
  };
}

const promised = (bars: readonly Bar[]) => bars.filter(({ name }) => name.startsWith('EE-01'));
const verdicts = (...run: Parameters<typeof findings>) =>
  promised(barsOf(findings(...run))).map((bar) => bar.ok);

interface KeptRun {
  readonly run: { readonly quick: boolean };
  readonly rows: readonly Readonly<Record<string, number | string>>[];
  readonly bars: readonly { readonly name: string; readonly value: number; readonly ok: boolean }[];
}

const kept = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../bench/results/http.json'), 'utf8'),
) as KeptRun;

describe('the run of the HTTP bench that is kept', () => {
  it('EE-01 is a full one: 2,000 cached decisions a second with a p99 below 5 ms, and 500 that write a counter', () => {
    expect(kept.run.quick).toBe(false);
    const promises = kept.bars.filter(({ name }) => name.startsWith('EE-01'));
    const [cached, p99, counted] = promises.map(({ value }) => value);
    expect(cached).toBeGreaterThanOrEqual(2_000);
    expect(p99).toBeLessThan(5);
    expect(counted).toBeGreaterThanOrEqual(500);
    expect(promises.map(({ ok }) => ok)).toEqual([true, true, true]);
    const figures = (name: string) => kept.rows.filter((row) => row['name'] === name);
    const [fast, steady] = figures('/bench/gated');
    expect([fast?.['requestsPerSecond'], steady?.['p99Ms']]).toEqual([cached, p99]);
    expect(figures(COUNTED).map((row) => row['requestsPerSecond'])).toEqual([counted]);
  });
});

describe('the bars of the HTTP bench', () => {
  it('ask for 2,000 cached decisions a second below 5 ms, and 500 that write a counter', () => {
    expect(verdicts(2_000, 4.99, 500)).toEqual([true, true, true]);
    expect(verdicts(1_999, 4.99, 500)).toEqual([false, true, true]);
    expect(verdicts(2_000, 5, 500)).toEqual([true, false, true]);
    expect(verdicts(2_000, 4.99, 499)).toEqual([true, true, false]);
  });

  it('are judged by figures that stand in the rows', () => {
    const rows = rowsOf(findings(2_345, 4.5, 678));
    const figures = (name: string) => rows.filter((row) => row.name === name);
    expect(figures('/bench/gated').map((row) => [row['requestsPerSecond'], row['p99Ms']])).toEqual([
      [2_345, 4.5],
      [2_000, 4.5],
    ]);
    expect(figures(COUNTED).map((row) => row['requestsPerSecond'])).toEqual([678]);
  });
});
