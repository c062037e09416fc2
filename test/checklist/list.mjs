/**
 * The list of behaviours (docs/checklist.md) against the names of passing tests. Pure: text and results in, words out.
 * Types stand in list.d.mts.
 */

const systems = { FX: 48, SB: 53, EE: 26, GO: 47 };
const conflicts = 13;
const notYet = 'not yet';
const proofSeparator = '<br>';

/** The ids that count, in order: 174 of them. */
export const countedIds = Object.entries(systems).flatMap(([system, count]) =>
  Array.from({ length: count }, (_, index) => `${system}-${String(index + 1).padStart(2, '0')}`),
);

const allIds = [...countedIds, ...Array.from({ length: conflicts }, (_, index) => `C${index + 1}`)];

const tableRow = /^\| (?<id>[A-Z]+-?\d+) \| (?<requirement>.*?) \| (?<proof>.*) \|$/;
const proofCell = /^`(?<file>[^`]+)` › (?<name>.+)$/;

/** Rows of the list, in order; a row's proofs are empty while it says "not yet". */
export function rowsOf(markdown) {
  return markdown.split('\n').flatMap((line) => {
    const row = tableRow.exec(line)?.groups;
    return row === undefined ? [] : [{ id: row.id, requirement: row.requirement, ...proofsOf(row.proof) }];
  });
}

function proofsOf(cell) {
  if (cell === notYet) return { proofs: [], unreadable: false };
  const proofs = cell
    .split(proofSeparator)
    .map((text) => proofCell.exec(text.replaceAll('\\|', '|'))?.groups);
  return {
    proofs: proofs.filter(Boolean).map(({ file, name }) => ({ file, name })),
    unreadable: proofs.includes(undefined),
  };
}

/** Tests of a Jest `--json` report; `file` relative to `root`, white space in names made single. */
export function testsOf(report, root) {
  return report.testResults.flatMap(({ name: path, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      file: path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path,
      name: fullName.replace(/\s+/g, ' ').trim(),
      status,
    })),
  );
}

/** The ids that a test name carries, each standing by itself: ranges and commas are not expanded. */
export const idsIn = (name) => [...new Set(name.match(/\b(FX|SB|EE|GO)-\d\d\b/g) ?? [])];

/** Everything wrong between list and tests, one line each; and how many counted rows are proven. */
export function verify(rows, tests) {
  const problems = [
    ...problemsOfTheList(rows),
    ...rows.flatMap((row) => problemsOf(row, tests)),
    ...unknownIds(tests),
  ];
  const proven = countedIds.filter((id) => rows.some((row) => row.id === id && isProven(row, tests)));
  return { problems, proven: proven.length, total: countedIds.length };
}

function problemsOfTheList(rows) {
  const times = (id) => rows.filter((row) => row.id === id).length;
  return [
    ...allIds.filter((id) => times(id) === 0).map((id) => `${id}: its row is missing`),
    ...allIds.filter((id) => times(id) > 1).map((id) => `${id}: has ${times(id)} rows`),
    ...rows.filter(({ id }) => !allIds.includes(id)).map(({ id }) => `${id}: no such id`),
  ];
}

function problemsOf({ id, proofs, unreadable }, tests) {
  const carriers = tests.filter(({ name }) => idsIn(name).includes(id));
  const failed = carriers.filter(({ status }) => status === 'failed');
  const passed = carriers.filter(({ status }) => status === 'passed');
  return [
    ...(unreadable ? [`${id}: its proof is neither "${notYet}" nor \`file\` › test name`] : []),
    ...proofs.flatMap((proof) => problemsOfProof(id, proof, tests)),
    ...failed.map(({ file, name }) => `${id}: failed: ${file} › ${name}`),
    ...(proofs.length === 0 && !unreadable && passed.length > 0
      ? [`${id}: says "${notYet}", but a test carries it: ${passed[0].file} › ${passed[0].name}`]
      : []),
  ];
}

function problemsOfProof(id, proof, tests) {
  const named = `${proof.file} › ${proof.name}`;
  if (countedIds.includes(id) && !idsIn(proof.name).includes(id))
    return [`${id}: the test it names does not carry it: ${named}`];
  const test = testOf(proof, tests);
  if (test === undefined) return [`${id}: there is no such test: ${named}`];
  return test.status === 'passed' ? [] : [`${id}: did not pass (${test.status}): ${named}`];
}

const unknownIds = (tests) =>
  tests.flatMap(({ file, name }) =>
    idsIn(name)
      .filter((id) => !countedIds.includes(id))
      .map((id) => `${id}: no such id, in ${file} › ${name}`),
  );

const isProven = ({ id, proofs }, tests) =>
  proofs.length > 0 && proofs.every((proof) => problemsOfProof(id, proof, tests).length === 0);

/** The status of equally named tests is that of the worst. */
function testOf({ file, name }, tests) {
  const namesakes = tests.filter((test) => test.file === file && test.name === name);
  return namesakes.find(({ status }) => status !== 'passed') ?? namesakes[0];
}

/**
 * The list with its proof column filled from the passing tests: for each row the first test of each file that carries
 * its id. A row without one keeps what it says, so that a lost proof is still reported.
 */
export function withProofs(markdown, tests) {
  return markdown
    .split('\n')
    .map((line) => lineWithProof(line, tests))
    .join('\n');
}

function lineWithProof(line, tests) {
  const row = tableRow.exec(line)?.groups;
  if (row === undefined) return line;
  const passed = tests.filter(({ name, status }) => status === 'passed' && idsIn(name).includes(row.id));
  const inOrder = passed.toSorted((a, b) => `${a.file}\0${a.name}`.localeCompare(`${b.file}\0${b.name}`));
  const firsts = inOrder.filter(
    ({ file }, index) => inOrder.findIndex((test) => test.file === file) === index,
  );
  const cell = firsts
    .map(({ file, name }) => `\`${file}\` › ${name.replaceAll('|', '\\|')}`)
    .join(proofSeparator);
  return `| ${row.id} | ${row.requirement} | ${cell || row.proof} |`;
}
