import { permutation, seededRandom } from './random.mjs';

const SEED = 4_711;

/**
 * Who asks for what, in which order; cache misses decide everything, so a figure means nothing without its pattern.
 * Owners that are asked often lie scattered in memory.
 */
export const PATTERNS = {
  random: 'any of 10,000 owners × any of 100 features',
  'log-uniform': 'half of all checks by 100 of 10,000 owners, any of 100 features',
  sequence: '1,000 owners one after the other × 1 feature',
};

/** The sequence of a pattern as two arrays of indices, the same in every process. */
export function sequenceOf(pattern, { owners, features }, length) {
  const random = seededRandom(SEED);
  const order = permutation(owners, random);
  const pick = pickers(random, owners, features)[pattern];
  const sequence = { owners: new Uint32Array(length), features: new Uint32Array(length) };
  for (let index = 0; index < length; index++) {
    const [owner, feature] = pick(index);
    sequence.owners[index] = order[owner];
    sequence.features[index] = feature;
  }
  return sequence;
}

const pickers = (random, owners, features) => ({
  random: () => [Math.floor(random() * owners), Math.floor(random() * features)],
  'log-uniform': () => [
    Math.min(owners - 1, Math.floor(owners ** random()) - 1),
    Math.floor(random() * features),
  ],
  sequence: (index) => [index % Math.min(1000, owners), 1],
});
