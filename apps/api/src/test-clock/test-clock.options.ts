/** Options of the test clock. */
export interface TestClockOptions {
  readonly controlToken: string;
  /** Where the local provider stand-in listens; null when none runs. */
  readonly sandboxUrl: string | null;
}

/** Injection token of {@link TestClockOptions}. */
export const TEST_CLOCK_OPTIONS = Symbol('tollgate:test-clock-options');
