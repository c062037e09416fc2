import type { Catalog } from './catalog.js';

/**
 * Old versions in memory, by number: at most `most`, of which the longest unused is forgotten first. They never
 * change, so nothing here ever goes stale. One read for all who ask for the same version at once.
 */
export class VersionMemory {
  private readonly held = new Map<number, Catalog>();
  private readonly underWay = new Map<number, Promise<Catalog>>();

  constructor(
    private readonly read: (version: number) => Promise<Catalog>,
    private readonly most: number,
  ) {}

  /** The version, if it is in memory. */
  get(version: number): Catalog | undefined {
    const catalog = this.held.get(version);
    if (catalog) this.put(catalog);
    return catalog;
  }

  /** The version, read when it is not in memory. Rejects as the read does; a failure is not remembered. */
  async load(version: number): Promise<Catalog> {
    const catalog = this.get(version);
    if (catalog) return catalog;
    const read = this.underWay.get(version) ?? this.begin(version);
    return read;
  }

  /** Keeps a version as the one used last. */
  put(catalog: Catalog): void {
    this.held.delete(catalog.version);
    this.held.set(catalog.version, catalog);
    for (const [oldest] of this.held) {
      if (this.held.size <= this.most) break;
      this.held.delete(oldest);
    }
  }

  private begin(version: number): Promise<Catalog> {
    const read = this.read(version)
      .then((catalog) => {
        this.put(catalog);
        return catalog;
      })
      .finally(() => this.underWay.delete(version));
    this.underWay.set(version, read);
    return read;
  }
}
