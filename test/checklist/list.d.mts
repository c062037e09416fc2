/** A test that proves a row: file relative to the repository, full name as Jest prints it. */
export interface Proof {
  readonly file: string;
  readonly name: string;
}

/** One behaviour of the list. */
export interface Row {
  readonly id: string;
  readonly requirement: string;
  readonly proofs: readonly Proof[];
  /** The proof cell holds something that is neither "not yet" nor a test. */
  readonly unreadable: boolean;
}

/** One test of a run; `status` in Jest's words: passed, failed, pending, todo, skipped. */
export interface TestOutcome extends Proof {
  readonly status: string;
}

/** What is read of a Jest `--json` report. */
export interface JestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

export declare const countedIds: readonly string[];
export declare function rowsOf(markdown: string): Row[];
export declare function testsOf(report: JestReport, root: string): TestOutcome[];
export declare function idsIn(name: string): string[];
export declare function verify(
  rows: readonly Row[],
  tests: readonly TestOutcome[],
): { readonly problems: string[]; readonly proven: number; readonly total: number };
export declare function withProofs(markdown: string, tests: readonly TestOutcome[]): string;
