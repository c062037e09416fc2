import { v7 } from 'uuid';

/** Source of new row ids. */
export abstract class IdGenerator {
  /** A new id: UUID version 7, so that ids sort by the time of their making. */
  abstract next(): string;
}

/** UUIDv7 by the machine's time and randomness. */
export class UuidV7Generator extends IdGenerator {
  next(): string {
    return v7();
  }
}
