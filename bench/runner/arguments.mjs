/** Every suite, in the order in which all of them run. */
export const SUITES = ['decision', 'usage', 'http'];

export const USAGE = `npm run bench [-- ${SUITES.join('|')} …] [--quick]   --quick: few short rounds, for development; results are not kept`;

/** Which suites to run, all of them when none is named; undefined for words nobody knows. */
export function readArguments(words) {
  const quick = words.includes('--quick');
  const suites = words.filter((word) => word !== '--quick');
  if (!suites.every((word) => SUITES.includes(word))) return undefined;
  return { quick, suites: suites.length === 0 ? SUITES : suites };
}
