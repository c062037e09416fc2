import { formatDay, formatInstant } from '../format/dates.js';

interface InstantProps {
  /** ISO instant, or nothing. */
  at: string | null;
  /** Shown when there is none. */
  none?: string;
}

/** A day in the reader's notation; hovering tells the exact instant. */
export const Day = ({ at, none = '–' }: InstantProps) =>
  at ? (
    <time dateTime={at} title={`${formatInstant(at)} (${at})`} style={{ whiteSpace: 'nowrap' }}>
      {formatDay(at)}
    </time>
  ) : (
    none
  );

/** An instant to the minute in the reader's notation; hovering tells it in UTC. */
export const Instant = ({ at, none = '–' }: InstantProps) =>
  at ? (
    <time dateTime={at} title={at}>
      {formatInstant(at)}
    </time>
  ) : (
    none
  );
