import { describe, expect, it } from '@jest/globals';
import { changeTiming, type Holding } from './change-timing.js';

const holding = (rank: number, interval: Holding['interval'], seats: number | null = null): Holding => ({
  rank,
  interval,
  seats,
});

describe('changeTiming', () => {
  it.each<[string, Holding, Holding, 'now' | 'period_end' | null]>([
    ['a higher plan', holding(10, 'month'), holding(20, 'month', 3), 'now'],
    ['a higher plan by the month instead of the year', holding(10, 'year'), holding(20, 'month', 3), 'now'],
    ['a higher plan with fewer seats', holding(20, 'month', 9), holding(30, 'month', 2), 'now'],
    ['a lower plan', holding(20, 'month', 3), holding(10, 'month'), 'period_end'],
    [
      'a lower plan by the year instead of the month',
      holding(20, 'month'),
      holding(10, 'year'),
      'period_end',
    ],
    ['the year instead of the month', holding(10, 'month'), holding(10, 'year'), 'now'],
    ['the month instead of the year', holding(10, 'year'), holding(10, 'month'), 'period_end'],
    ['more seats', holding(20, 'month', 3), holding(20, 'month', 4), 'now'],
    ['fewer seats', holding(20, 'month', 4), holding(20, 'month', 3), 'period_end'],
    ['fewer seats by the year instead of the month', holding(20, 'month', 4), holding(20, 'year', 3), 'now'],
    ['the same with seats', holding(20, 'month', 4), holding(20, 'month', 4), null],
    [
      'the same without seats, where the provider counts one',
      holding(10, 'month', 1),
      holding(10, 'month'),
      null,
    ],
  ])('%s', (_, held, wanted, time) => {
    expect(changeTiming(held, wanted)).toBe(time);
  });
});
