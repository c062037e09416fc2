import { describe, expect, it } from '@jest/globals';
import { errorLogText } from './error-log-text.js';

describe('errorLogText', () => {
  it('keeps the message and the stack of an ordinary error', () => {
    const text = errorLogText(new TypeError('x is not a function'));
    expect(text).toMatch(/^TypeError: x is not a function\n\s+at /);
  });

  it('keeps only the SQLSTATE of a database error, whose message repeats values', () => {
    const error = Object.assign(new Error('invalid input: "ann@example.test"\nsecond line'), {
      name: 'QueryFailedError',
      driverError: { code: '22P02' },
    });
    const text = errorLogText(error);
    expect(text).toMatch(/^QueryFailedError \(SQLSTATE 22P02\)\n\s+at /);
    expect(text).not.toContain('ann@');
  });

  it('says of anything else only what it was', () => {
    expect(errorLogText('hunter2')).not.toContain('hunter2');
  });
});
