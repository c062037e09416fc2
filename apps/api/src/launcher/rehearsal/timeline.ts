import type { Facts } from './facts.js';
import type { Played } from './play.js';

/** How lines are marked on a terminal; in a file or a pipe not at all. */
export interface Style {
  strong(text: string): string;
  faint(text: string): string;
}

/** Marks nothing. */
export const plainStyle: Style = { strong: (text) => text, faint: (text) => text };

/** Bold and dim, for terminals. */
export const terminalStyle: Style = {
  strong: (text) => `\u001B[1m${text}\u001B[22m`,
  faint: (text) => `\u001B[2m${text}\u001B[22m`,
};

const WIDTH = 100;
const CLOCK = 18;
const LABEL = 9;
const SEPARATOR = ' · ';

/** One step: the clock (UTC) and the event, what changed since the step before, and what the gate says. */
export function stepLines({ at, say, before, after }: Played, style: Style): string[] {
  const clock = at.toISOString().slice(0, 16).replace('T', ' ').padEnd(CLOCK);
  return [
    `  ${style.faint(clock)}${style.strong(clip(say, WIDTH - CLOCK - 2))}`,
    ...row('changed', changes(before, after), style),
    ...row('gate', gate(after), style),
  ];
}

function row(label: string, items: readonly string[], style: Style): string[] {
  const room = WIDTH - 2 - CLOCK - LABEL;
  return wrap(items, room).map((line, index) => {
    const name = (index === 0 ? label : '').padEnd(LABEL);
    return `  ${' '.repeat(CLOCK)}${style.faint(name)}${line}`;
  });
}

function changes(before: Facts | null, after: Facts): string[] {
  const changed = <K extends keyof Facts>(key: K): boolean => before?.[key] !== after[key];
  const arrow = (key: 'plan' | 'status' | 'seats'): string[] =>
    changed(key) ? [`${key} ${before ? `${before[key] ?? 'none'} → ` : ''}${after[key] ?? 'none'}`] : [];
  const day = (key: 'trialEnd' | 'periodEnd' | 'cancelAt' | 'graceUntil', word: string): string[] =>
    changed(key) && after[key] !== null ? [`${word} ${shortDay(after[key])}`] : [];
  const gone = (key: 'cancelAt' | 'toCome', word: string): string[] =>
    before?.[key] != null && after[key] === null ? [word] : [];
  const items = [
    ...(after.paid > 0 ? [`paid ${dollars(after.paid)}`] : []),
    ...(after.refused > 0 ? [`card refused ${dollars(after.refused)}`] : []),
    ...arrow('plan'),
    ...arrow('status'),
    ...(before?.seats == null && after.seats === null ? [] : arrow('seats')),
    ...(changed('amount') && after.amount !== null
      ? [`${dollars(after.amount)} a ${after.interval ?? 'period'}`]
      : []),
    ...day('trialEnd', 'trial to'),
    ...day('periodEnd', 'period to'),
    ...day('graceUntil', 'grace to'),
    ...day('cancelAt', 'ends on'),
    ...gone('cancelAt', 'no end planned'),
    ...(changed('toCome') && after.toCome !== null
      ? [`to come: ${after.toCome}${after.toComeAt === null ? '' : ` on ${shortDay(after.toComeAt)}`}`]
      : []),
    ...gone('toCome', 'nothing to come'),
  ];
  return items.length === 0 ? ['–'] : items;
}

function gate({ workflows, ai, support }: Facts): string[] {
  return [`workflows ${workflows}`, `AI nodes ${ai}`, `priority support ${support}`];
}

function wrap(items: readonly string[], room: number): string[] {
  const lines: string[] = [];
  for (const item of items.map((one) => clip(one, room))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + SEPARATOR.length + item.length <= room)
      lines[lines.length - 1] = `${last}${SEPARATOR}${item}`;
    else lines.push(item);
  }
  return lines;
}

/** Cuts what is longer than `room`, and shows that it did. */
function clip(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}

/** Minor units of the sandbox's one currency, US dollars. */
function dollars(minor: number): string {
  return `$${(minor / 100).toFixed(2)}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function shortDay(iso: string): string {
  return `${Number(iso.slice(8, 10))} ${MONTHS[Number(iso.slice(5, 7)) - 1]} ${iso.slice(11, 16)}`;
}
