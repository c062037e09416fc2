import type { Bar } from '../runner/bars.mjs';

/** One load of a route: requests answered a second, latencies in ms, processor time for a request in µs. */
export interface Load {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpu: number;
}

/** A median of paired ratios, with its interval. */
export interface PairedRatio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** What an HTTP run measured. */
export interface Findings {
  readonly connections: number;
  readonly gate: {
    readonly measured: Readonly<Record<string, readonly Load[]>>;
    readonly throughput: PairedRatio;
    readonly cpu: PairedRatio;
  };
  readonly steady: Load;
  readonly beside: ReadonlyMap<string, readonly Load[]>;
}

/** A row of the results; figures by their column. */
export type Row = Readonly<Record<string, number | string>> & { readonly name: string };

export declare const COUNTED: string;
export declare function rowsOf(findings: Findings): Row[];
export declare function barsOf(findings: Findings): Bar[];
