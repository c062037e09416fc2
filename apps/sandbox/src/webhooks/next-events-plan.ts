/** What is to happen to the next events of one provider, counted down as they come. */
export interface NextEvents {
  drop: number;
  duplicate: number;
  /** Events to hold back; when they are all there they leave in reverse. */
  reorder: number;
}

/** Nothing out of the ordinary. */
export function nothingNext(): NextEvents {
  return { drop: 0, duplicate: 0, reorder: 0 };
}
