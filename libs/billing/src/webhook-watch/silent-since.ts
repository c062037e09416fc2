/** What is known of one provider's webhooks and of what is sold there. */
export interface HeardAndSold {
  /** When we began to watch. */
  readonly watchedSince: Date;
  /** When the last event arrived that was meant for us; null for never. */
  readonly lastEventAt: Date | null;
  /** When the oldest began of what is sold now (live subscriptions, open checkouts); null when nothing is. */
  readonly soldSince: Date | null;
}

/**
 * Since when events should have come and none did; null while nothing is sold. No event is missed before the first sale, nor
 * before anybody watched.
 */
export function silentSince({ watchedSince, lastEventAt, soldSince }: HeardAndSold): Date | null {
  if (soldSince === null) return null;
  const instants = [watchedSince, soldSince, ...(lastEventAt === null ? [] : [lastEventAt])];
  return new Date(Math.max(...instants.map((one) => one.getTime())));
}
