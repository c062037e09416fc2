/** Prints rows as a table; a column for every key, in the order of first appearance, the long words last. */
export function printRows(rows) {
  const seen = new Set(rows.flatMap((row) => Object.keys(row)));
  const keys = [...[...seen].filter((key) => key !== LONG), ...(seen.has(LONG) ? [LONG] : [])];
  print([keys, ...rows.map((row) => keys.map((key) => cell(row[key])))]);
}

/** Prints bars: what was measured, what was asked, and whether it was met. */
export function printBars(bars) {
  print([
    ['bar', 'value', 'asked', ''],
    ...bars.map(({ name, value, bar, ok }) => [name, cell(value), bar, ok ? 'ok' : 'MISSED']),
  ]);
}

/** Says in words how the figure came about. */
const LONG = 'access';

function print(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  console.log('');
  for (const line of lines)
    console.log(`  ${line.map((text, column) => pad(text, widths[column])).join('  ')}`.trimEnd());
  console.log('');
}

/** Figures stand to the right, words to the left. */
const pad = (text, width) => (/^[\d.,-]+$/.test(text) ? text.padStart(width) : text.padEnd(width));

function cell(value) {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
