import { v7 } from 'uuid';

/** Source of new row ids, and of the randomness that spreads things out. */
export abstract class IdGenerator {
  /** A new id: UUID version 7, so that ids sort by the time of their making. */
  abstract next(): string;

  /** A number in [0, 1) for jitter; not for secrets. */
  abstract random(): number;
}

/** UUIDv7 by the machine's time and randomness. */
export class UuidV7Generator extends IdGenerator {
  next(): string {
    return v7();
  }

  random(): number {
    return Math.random();
  }
}
