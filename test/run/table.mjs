/**
 * Prints one line per part and, as the last line, `N passed, N failed`. A part that is no test counts only when it
 * failed; on CI a part that did not run is a failure. Gives the exit code.
 */
export function printTable(rows, { ci }) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log('');
  for (const row of rows)
    console.log(`${row.name.padEnd(width)}  ${row.state.padEnd(7)}  ${details(row)}`.trimEnd());
  const passed = sum(rows.map((row) => row.passed ?? 0));
  const failed = sum(rows.map((row) => failuresOf(row, ci)));
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function details({ passed, failed, time, reason }) {
  const counts =
    passed === undefined ? undefined : `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}`;
  return [counts, reason === undefined ? undefined : `(${reason})`, time].filter(Boolean).join('  ');
}

function failuresOf({ state, failed }, ci) {
  if (state === 'FAILED') return failed ?? 1;
  return state === 'NOT RUN' && ci ? 1 : 0;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
