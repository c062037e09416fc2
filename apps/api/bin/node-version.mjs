/** Whether a Node version satisfies an `engines` range of the forms `^1.2.3`, `>=1.2.3` and `||` between them. */
export function satisfies(version, range) {
  const have = parse(version);
  return range.split('||').some((part) => {
    const wanted = parse(part);
    if (part.trim().startsWith('^') && have[0] !== wanted[0]) return false;
    return compare(have, wanted) >= 0;
  });
}

function parse(text) {
  return /(\d+)\.(\d+)\.(\d+)/.exec(text).slice(1, 4).map(Number);
}

function compare(a, b) {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
