import { heap } from './heap.mjs';
import { roundTrips } from './round-trips.mjs';
import { rounds } from './rounds.mjs';

const OWNERS = 100_000;

/** Decisions side by side with what people use for flags and permissions, and what remembering costs. */
export const suite = {
  about: 'one decision, against flag and permission libraries that decide less',
  packages: ['unleash-client', '@growthbook/growthbook', '@casl/ability'],

  async run(context) {
    const parts = [
      await rounds(context),
      await heap({ ...context, owners: OWNERS }),
      await roundTrips(await context.postgres(), context),
    ];
    return { rows: parts.flatMap(({ rows }) => rows), bars: parts.flatMap(({ bars }) => bars) };
  },
};
