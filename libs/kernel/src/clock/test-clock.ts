import { Clock } from './clock.js';

/** The row that all processes follow: an offset to real time, or an instant that stands still. */
export interface TestClockSetting {
  readonly offsetMs: number;
  readonly frozenAt: Date | null;
}

/** The setting under which our time is real time. */
export const REAL_TIME: TestClockSetting = { offsetMs: 0, frozenAt: null };

/** The instant that a setting shows at a real instant. */
export function instantOf(setting: TestClockSetting, real: Date): Date {
  return setting.frozenAt ?? new Date(real.getTime() + setting.offsetMs);
}

/** The setting that shows `now` at the real instant `real`, standing still if `freeze`. */
export function settingFor(now: Date, freeze: boolean, real: Date): TestClockSetting {
  return { offsetMs: now.getTime() - real.getTime(), frozenAt: freeze ? now : null };
}

/** A clock that can be moved while the program runs; only ever composed when the test clock is switched on. */
export class TestClock extends Clock {
  private setting: TestClockSetting = REAL_TIME;

  now(): Date {
    return instantOf(this.setting, new Date());
  }

  at(real: number): number {
    return this.setting.frozenAt?.getTime() ?? real + this.setting.offsetMs;
  }

  /** Takes over a setting, as read from the row. */
  follow(setting: TestClockSetting): void {
    this.setting = setting;
  }

  /** Whether it stands still. */
  get frozen(): boolean {
    return this.setting.frozenAt !== null;
  }
}
