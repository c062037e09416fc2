/** How many items one runner works on at once. */
export const MOST_AT_ONCE = 8;
/** How many of those are of one kind: a kind whose items hang leaves room for the others. */
const MOST_OF_A_KIND = 4;

/** What a runner may claim: up to `limit` items of these kinds; nothing when there is no kind. */
export interface FreePlaces {
  readonly kinds: readonly string[];
  readonly limit: number;
}

/**
 * The places left beside the items under way, given by their kinds. Whatever mix of kinds a claim of `limit` items
 * brings, none of them gets more than its share; there may be room for another claim after it.
 */
export function freePlaces(kinds: readonly string[], underWay: readonly string[]): FreePlaces {
  const left = MOST_AT_ONCE - underWay.length;
  const leftOf = (kind: string) => MOST_OF_A_KIND - underWay.filter((other) => other === kind).length;
  const free = left > 0 ? kinds.filter((kind) => leftOf(kind) > 0) : [];
  return { kinds: free, limit: free.length > 0 ? Math.min(left, ...free.map(leftOf)) : 0 };
}
