import { describe, expect, it } from '@jest/globals';
import { amountOfSeats } from './polar-amounts.js';

const TIERS = [
  { min_seats: 1, max_seats: 5, price_per_seat: 1000 },
  { min_seats: 6, max_seats: 10, price_per_seat: 800 },
  { min_seats: 11, max_seats: null, price_per_seat: 500 },
];

describe('amountOfSeats', () => {
  it.each([
    [1, 1000, 1000],
    [5, 5000, 5000],
    [6, 4800, 5800],
    [10, 8000, 9000],
    [11, 5500, 9500],
    [20, 10_000, 14_000],
  ])('%i seats cost %i by volume and %i graduated', (seats, volume, graduated) => {
    const common = { tiers: TIERS.toReversed(), minimum_seats: 1, maximum_seats: null };
    expect(amountOfSeats({ ...common, seat_tier_type: 'volume' }, seats)).toBe(volume);
    expect(amountOfSeats({ ...common, seat_tier_type: 'graduated' }, seats)).toBe(graduated);
  });
});
