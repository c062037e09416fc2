const dayFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const instantFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** The day of an ISO instant, in the reader's language and time zone. */
export function formatDay(iso: string): string {
  return dayFormat.format(new Date(iso));
}

/** An ISO instant to the minute, in the reader's language and time zone. */
export function formatInstant(iso: string): string {
  return instantFormat.format(new Date(iso));
}

/** The reader's time zone: its abbreviation now, and its name where that says more. */
export function readerZone(now: Date): string {
  const format = new Intl.DateTimeFormat(undefined, { timeZoneName: 'short' });
  const name = format.resolvedOptions().timeZone;
  const short = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? name;
  return short === name ? short : `${short} (${name})`;
}

/**
 * The first instant after a day of the reader's calendar: where access "until the end of that day" ends.
 * @param day `YYYY-MM-DD`, as a date input gives it
 * @returns an ISO instant in UTC
 */
export function endOfLocalDay(day: string): string {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number);
  return new Date(year, month - 1, date + 1).toISOString();
}

/** Today in the reader's calendar, as a date input wants it: `YYYY-MM-DD`. */
export function localToday(now: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
