import { jest } from '@jest/globals';

/** Everything but `Date` goes on by itself: timers, sockets and what waits for them. */
const RUNNING = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

/** Real time as this process sees it, standing still until it is moved. */
export interface StoppedDate {
  /** The instant (ms) at which it was stopped. */
  readonly since: number;
  /** Shows so many milliseconds after that instant. */
  moveTo(afterMs: number): void;
  /** Lets it go on. */
  release(): void;
}

/** Stops `Date`, for what is about an age in real time to the millisecond. */
export function stopDate(): StoppedDate {
  const since = Date.now();
  jest.useFakeTimers({ now: since, doNotFake: [...RUNNING] });
  return {
    since,
    moveTo: (afterMs) => jest.setSystemTime(since + afterMs),
    release: () => jest.useRealTimers(),
  };
}
