/** The middle value; of an even number, the mean of the two in the middle. */
export function median(values) {
  const sorted = ascending(values);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** The smallest value that at least `share` (0 to 1) of the values do not exceed. */
export function quantile(values, share) {
  const sorted = ascending(values);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** How far the middle half of the values lies apart, in percent of their median. */
export function spreadPercent(values) {
  return ((quantile(values, 0.75) - quantile(values, 0.25)) / median(values)) * 100;
}

/**
 * An interval that holds the true median with at least `confidence`, whatever the distribution: the values between
 * which it lies unless almost all of them fell on one side of it (sign test). Of too few values, the outermost.
 */
export function medianInterval(values, confidence = 0.95) {
  const sorted = ascending(values);
  const tail = (1 - confidence) / 2;
  let rank = 0;
  let beyond = 0;
  let exactly = 2 ** -sorted.length;
  while (beyond + exactly <= tail) {
    beyond += exactly;
    rank += 1;
    exactly *= (sorted.length - rank + 1) / rank;
  }
  const outer = Math.max(0, rank - 1);
  return { low: sorted[outer], high: sorted[sorted.length - 1 - outer] };
}

/** Round by round, one divided by the other: what the machine did in that round hit both. */
export function ratios(ones, others) {
  return ones.map((one, round) => one / others[round]);
}

/** Median of paired ratios with the interval it lies in. */
export function ratioOf(ones, others) {
  const paired = ratios(ones, others);
  return { ratio: median(paired), ...medianInterval(paired) };
}

function ascending(values) {
  if (values.length === 0) throw new Error('statistics of no value');
  return values.toSorted((one, other) => one - other);
}
