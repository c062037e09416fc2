import { describe, expect, it } from '@jest/globals';
import { instantOf, REAL_TIME, settingFor, TestClock } from './test-clock.js';

const REAL = new Date('2026-03-01T00:00:00Z');
const LATER = new Date('2026-03-01T00:00:10Z');
const WISHED = new Date('2027-01-01T00:00:00Z');

describe('the test clock', () => {
  it('shows real time until it is set', () => {
    expect(instantOf(REAL_TIME, REAL)).toEqual(REAL);
  });

  it('goes on from where it was put', () => {
    const setting = settingFor(WISHED, false, REAL);
    expect(instantOf(setting, REAL)).toEqual(WISHED);
    expect(instantOf(setting, LATER)).toEqual(new Date('2027-01-01T00:00:10Z'));
  });

  it('stands still where it was frozen', () => {
    const setting = settingFor(WISHED, true, REAL);
    expect(instantOf(setting, LATER)).toEqual(WISHED);
  });

  it('follows a setting, and says whether it stands still', () => {
    const clock = new TestClock();
    expect(clock.frozen).toBe(false);
    clock.follow(settingFor(WISHED, true, REAL));
    expect({ now: clock.now(), frozen: clock.frozen }).toEqual({ now: WISHED, frozen: true });
  });
});
