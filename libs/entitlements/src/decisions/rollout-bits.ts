/** How many owners a fresh slab has room for; it doubles when a higher slot is written. */
const FIRST_CAPACITY = 1_024;

/**
 * For every remembered owner one bit a feature: whether the rollout includes the owner. One array for all of them, so
 * that a look costs one cache line and no object. Bit 0 of an owner says whether the others are known.
 */
export class RolloutBits {
  private readonly perOwner: number;
  private words: Int32Array;

  constructor(features: number) {
    this.perOwner = Math.ceil((features + 1) / 32);
    this.words = new Int32Array(FIRST_CAPACITY * this.perOwner);
  }

  /** Whether the owner in this slot has been looked at. */
  knows(slot: number): boolean {
    return ((this.words[slot * this.perOwner] ?? 0) & 1) === 1;
  }

  /** The bit of a feature (by its index) for the owner in a slot that is known. */
  includes(slot: number, feature: number): boolean {
    const bit = feature + 1;
    return (((this.words[slot * this.perOwner + (bit >>> 5)] ?? 0) >>> (bit & 31)) & 1) === 1;
  }

  /** Writes the bits of an owner, one for each feature in order. */
  learn(slot: number, included: readonly boolean[]): void {
    const from = slot * this.perOwner;
    this.makeRoom(from + this.perOwner);
    this.words.fill(0, from, from + this.perOwner);
    for (const [feature, is] of included.entries()) if (is) this.raise(from, feature + 1);
    this.raise(from, 0);
  }

  /** The slot gets a new owner. */
  forget(slot: number): void {
    const from = slot * this.perOwner;
    if (from < this.words.length) this.words[from] = 0;
  }

  private raise(from: number, bit: number): void {
    const word = from + (bit >>> 5);
    this.words[word] = (this.words[word] ?? 0) | (1 << (bit & 31));
  }

  private makeRoom(length: number): void {
    if (length <= this.words.length) return;
    const larger = new Int32Array(Math.max(length, this.words.length * 2));
    larger.set(this.words);
    this.words = larger;
  }
}
