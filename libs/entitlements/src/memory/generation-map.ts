/**
 * A map that holds at most `limit` entries and forgets those not asked for lately: two generations, and what is found
 * in the older one moves to the younger. When the younger is full, it becomes the older, and the older is dropped.
 * Cheaper than a list in order of use, whose links cost a cache miss at every look.
 */
export class GenerationMap<Key, Value> {
  private young = new Map<Key, Value>();
  private old = new Map<Key, Value>();
  private readonly perGeneration: number;

  /** @param dropped hears of every value that is forgotten to make room */
  constructor(
    limit: number,
    private readonly dropped: (value: Value) => void = () => undefined,
  ) {
    this.perGeneration = Math.max(1, Math.floor(limit / 2));
  }

  /** How many entries there are. */
  get size(): number {
    return this.young.size + this.old.size;
  }

  get(key: Key): Value | undefined {
    const young = this.young.get(key);
    return young === undefined ? this.fromOld(key) : young;
  }

  set(key: Key, value: Value): void {
    if (this.young.size >= this.perGeneration && !this.young.has(key)) {
      for (const unused of this.old.values()) this.dropped(unused);
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
    this.old.delete(key);
  }

  /** Every value, in no order. */
  *values(): Generator<Value> {
    yield* this.young.values();
    yield* this.old.values();
  }

  delete(key: Key): void {
    this.young.delete(key);
    this.old.delete(key);
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
  }

  private fromOld(key: Key): Value | undefined {
    const old = this.old.get(key);
    if (old === undefined) return undefined;
    this.old.delete(key);
    this.set(key, old);
    return old;
  }
}
