/** Bounds, both included. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export declare function median(values: readonly number[]): number;
export declare function quantile(values: readonly number[], share: number): number;
export declare function spreadPercent(values: readonly number[]): number;
export declare function medianInterval(values: readonly number[], confidence?: number): Interval;
export declare function ratios(ones: readonly number[], others: readonly number[]): number[];
export declare function ratioOf(
  ones: readonly number[],
  others: readonly number[],
): Interval & { readonly ratio: number };
