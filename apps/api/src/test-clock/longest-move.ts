/** How far a clock moves at once, in milliseconds: 20 (leap) years. The sandbox's own limit is the same. */
export const LONGEST_MOVE_MS = 20 * 366 * 24 * 60 * 60 * 1000;
