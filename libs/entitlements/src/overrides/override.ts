/** What an override says of its feature: off, or on with a limit (null for flags, -1n for unlimited). */
export type OverrideValue =
  | { readonly enabled: false }
  | { readonly enabled: true; readonly limit: bigint | null };

/** An exception that staff made for one owner and one feature, over `[from, to)`. */
export interface Override {
  readonly id: string;
  readonly ownerId: string;
  readonly feature: string;
  readonly value: OverrideValue;
  readonly from: Date;
  /** Exclusive; null for no end. */
  readonly to: Date | null;
  readonly reason: string;
  /** Who made it, e.g. `staff:<id>`. */
  readonly author: string;
}

/** The override that counts for a feature at an instant: of those that hold, the one that began last. */
export function overrideInForce(overrides: readonly Override[], feature: string, at: Date): Override | null {
  let newest: Override | null = null;
  for (const override of overrides) {
    if (override.feature !== feature || override.from > at) continue;
    if (override.to !== null && override.to <= at) continue;
    if (newest === null || override.from > newest.from) newest = override;
  }
  return newest;
}
