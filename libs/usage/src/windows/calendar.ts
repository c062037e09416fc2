/** The instant `months` calendar months after `from` in UTC, clamped to the end of a shorter month. */
export function addMonths(from: Date, months: number): Date {
  const month = from.getUTCMonth() + months;
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const moved = new Date(from);
  // The day first goes to one that every month has, or setting the month could run over into the next.
  moved.setUTCDate(1);
  moved.setUTCMonth(month, Math.min(from.getUTCDate(), lastDay));
  return moved;
}

/** Midnight (UTC) of the day that is `days` days after the one `at` lies in. */
export function daysFrom(at: Date, days: number): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + days));
}

/** The first instant (UTC) of the month that is `months` months after the one `at` lies in. */
export function monthsFrom(at: Date, months: number): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
}

/** The full hour that `at` lies in. */
export function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
}

/** The day (UTC) that `at` lies in, as Postgres spells a date. */
export function dayText(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Midnight (UTC) of a day that Postgres spelled; the way back from {@link dayText}. */
export function dayOf(text: string): Date {
  return new Date(`${text}T00:00:00Z`);
}
