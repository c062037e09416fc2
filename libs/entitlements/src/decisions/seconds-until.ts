/** Whole seconds from one instant until another that follows; at least one. */
export function secondsUntil(end: Date, at: Date): number {
  return Math.max(1, Math.ceil((end.getTime() - at.getTime()) / 1_000));
}
