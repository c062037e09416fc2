import { performance } from 'node:perf_hooks';
import { answerParent } from '../../runner/child.mjs';
import { sequenceOf } from '../patterns.mjs';
import { isGranted, worldOf } from '../world.mjs';

// One contender in a process of its own: no other one's garbage, memory or compiled code weighs on it. Obeys its
// parent: `prepare`, then `disagreements`, then `measure` as often as it is asked.
const PASSES_FOR_MS = 300;

const state = {};

const answers = {
  async prepare({ contender, length, size }) {
    state.world = worldOf(size);
    state.size = { owners: state.world.owners.length, features: state.world.features.length };
    state.length = length;
    state.sequences = {};
    state.contender = await (await import(`./${contender}.mjs`)).prepare(state.world);
  },

  /** How often the contender differs from plan and switch, where nothing is rolled out. */
  async disagreements() {
    const { owners, features } = state.world;
    let differing = 0;
    let compared = 0;
    for (const [owner, holder] of owners.entries()) {
      for (const [feature, definition] of features.entries()) {
        if (definition.percent < 100) continue;
        compared += 1;
        if (state.contender.check(owner, feature) !== isGranted(holder, definition)) differing += 1;
      }
    }
    return { compared, differing };
  },

  /** Nanoseconds for each check, over whole passes of the sequence. */
  async measure({ pattern }) {
    const sequence = (state.sequences[pattern] ??= sequenceOf(pattern, state.size, state.length));
    globalThis.gc();
    const from = performance.now();
    let passes = 0;
    let allowed = 0;
    do {
      allowed += pass(state.contender, sequence);
      passes += 1;
    } while (performance.now() - from < PASSES_FOR_MS);
    const checks = passes * state.length;
    return { nanoseconds: ((performance.now() - from) * 1e6) / checks, allowed: allowed / checks };
  },
};

function pass({ check }, { owners, features }) {
  let allowed = 0;
  for (let index = 0; index < owners.length; index++) {
    if (check(owners[index], features[index])) allowed += 1;
  }
  return allowed;
}

answerParent(answers);
