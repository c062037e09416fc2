import { describe, expect, it } from '@jest/globals';
import { USAGE_DEFAULTS, withDefaults } from './usage.options.js';

describe('the options of usage', () => {
  it('are the defaults where nothing is said', () => {
    expect(withDefaults(undefined)).toEqual(USAGE_DEFAULTS);
    expect(withDefaults({ hourlyDays: 30 })).toEqual({ ...USAGE_DEFAULTS, hourlyDays: 30 });
  });

  it.each([{ keyDays: 31 }, { hourlyDays: 0 }, { dailyDays: 1.5 }])('refuse %p', (options) => {
    expect(() => withDefaults(options)).toThrow(RangeError);
  });
});
