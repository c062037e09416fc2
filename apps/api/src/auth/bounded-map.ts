/**
 * A map of at most `limit` entries that forgets the one unused for longest. What is forgotten is asked for again,
 * so nothing may depend on an entry being there.
 */
export class BoundedMap<Key, Value extends object | string | number> {
  private readonly entries = new Map<Key, Value>();

  constructor(
    private readonly limit: number,
    /** Told of every entry that leaves, whoever sent it away. */
    private readonly onLeave: (value: Value) => void = () => undefined,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  /** The value, which thereby becomes the one used last. */
  get(key: Key): Value | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.limit) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.delete(oldest);
  }

  delete(key: Key): void {
    const value = this.entries.get(key);
    if (value === undefined) return;
    this.entries.delete(key);
    this.onLeave(value);
  }

  clear(): void {
    for (const key of this.entries.keys()) this.delete(key);
  }
}
