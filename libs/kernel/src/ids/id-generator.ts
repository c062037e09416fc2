import { v7 } from 'uuid';
import { realNow } from '../clock/real-time.js';

/** Source of new row ids, and of the randomness that spreads things out. */
export abstract class IdGenerator {
  /** A new id: UUID version 7, so that ids sort by the time of their making. */
  abstract next(): string;

  /** A number in [0, 1) for jitter; not for secrets. */
  abstract random(): number;
}

/** Ids whose randomness is drawn at once; asking the system for each would take most of the time of an id. */
const DRAWN_AT_ONCE = 256;
const BYTES = 16;

/**
 * UUIDv7 by the machine's time and randomness (RFC 9562, 5.7); the ids of one process sort by their making, also within
 * a millisecond and when the clock is set back.
 */
export class UuidV7Generator extends IdGenerator {
  private readonly drawn = new Uint8Array(DRAWN_AT_ONCE * BYTES);
  private readonly draws = Array.from({ length: DRAWN_AT_ONCE }, (_, draw) =>
    this.drawn.subarray(draw * BYTES, (draw + 1) * BYTES),
  );
  private left = 0;
  private msecs = 0;
  private seq = 0;

  next(): string {
    const random = this.draw();
    const now = realNow();
    if (now > this.msecs) {
      this.msecs = now;
      // Half of the room is left for those that follow within the millisecond.
      this.seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
    } else {
      this.seq = (this.seq + 1) >>> 0;
      if (this.seq === 0) this.msecs += 1;
    }
    return v7({ random, msecs: this.msecs, seq: this.seq });
  }

  random(): number {
    return Math.random();
  }

  /** Bytes that no id was made of before, until the next call. */
  private draw(): Uint8Array {
    if (this.left === 0) {
      crypto.getRandomValues(this.drawn);
      this.left = DRAWN_AT_ONCE;
    }
    this.left -= 1;
    const draw = this.draws[this.left];
    if (!draw) throw new RangeError('no randomness is left');
    return draw;
  }
}
