/**
 * Measures every contender once in each round, so that what the machine does in a while hits all of them. The order
 * turns by one from round to round: nobody always follows the same neighbour. Gives a Map of name to values, one for
 * each round, in the order of the rounds.
 */
export async function interleave(contenders, { rounds, measure, say = () => undefined }) {
  const values = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < contenders.length; place++) {
      const contender = contenders[(place + round) % contenders.length];
      values.get(contender.name).push(await measure(contender, round));
    }
    say(`round ${round + 1} of ${rounds}`);
  }
  return values;
}
