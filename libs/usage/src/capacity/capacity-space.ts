/** Whether a limit holds over everything an owner pays for, or in each organization by itself. */
export type CountedBy = 'owner' | 'organization';

/** Where a thing stands: in the owner's personal space (null) or in one of the owner's organizations. */
export interface CapacityPlace {
  readonly ownerId: string;
  readonly organizationId: string | null;
}

/** The space of a count over everything that an owner pays for. */
export const TOTAL = 'total';
const PERSONAL = 'personal';

/**
 * The counter rows that one thing stands in. `limiting` is the row that the limit is held against; `parts` are
 * kept beside a total so that an organization can take its share along when its billing ownership moves.
 */
export function spacesOf(place: CapacityPlace, countedBy: CountedBy): { limiting: string; parts: string[] } {
  const part = place.organizationId ?? PERSONAL;
  return countedBy === 'owner' ? { limiting: TOTAL, parts: [part] } : { limiting: part, parts: [] };
}
