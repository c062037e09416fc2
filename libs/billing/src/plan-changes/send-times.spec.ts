import { describe, expect, it } from '@jest/globals';
import { sendTimes } from './send-times.js';

const FROM = new Date('2026-01-01T00:00:00Z');
const at = (time: string): Date => new Date(`2026-01-31T${time}Z`);

describe('sendTimes', () => {
  it('are an hour before each edge', () => {
    expect(sendTimes([at('10:00:00'), at('15:00:00')], FROM)).toEqual([at('09:00:00'), at('14:00:00')]);
  });

  it('of edges within a minute are so far apart that the job runs again, and one serves all that are due by then', () => {
    const edges = [at('10:00:00'), at('10:00:05'), at('10:00:40'), at('10:02:00')];
    expect(sendTimes(edges, FROM)).toEqual([at('09:00:00'), at('09:01:01'), at('09:02:02')]);
  });

  it('within the hour are as soon as the job runs, or too late', () => {
    expect(sendTimes([at('10:00:00')], at('09:30:00'))).toEqual([at('09:31:00')]);
    expect(sendTimes([at('10:00:00'), at('10:00:30')], at('09:30:00'))).toEqual([at('09:31:00')]);
    expect(sendTimes([at('10:00:00')], at('09:59:30'))).toEqual([]);
  });
});
