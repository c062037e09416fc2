/** What was measured, what was asked of it (`>= 15`), and whether it was met. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly bar: string;
  readonly ok: boolean;
}

export declare function atLeast(name: string, value: number, limit: number): Bar;
export declare function atMost(name: string, value: number, limit: number): Bar;
export declare function below(name: string, value: number, limit: number): Bar;
export declare function exactly(name: string, value: number, limit: number): Bar;
export declare function meets(value: unknown, bar: string): boolean;
