import { InvalidRequestError } from '@tollgate/kernel';
import type { Tally } from '../counters/tally.js';
import { type Grant, type GrantMeter, type GrantState, hasExpired } from './grant.js';

/** How a grant ended, or why it could not be ended that way. */
export type Settled = 'committed' | 'already_committed' | 'released' | 'expired' | 'unknown';

/** How a grant shall end. `give_back` also takes back what was committed; `expire` only what nobody ended in time. */
export type Ending =
  | { readonly kind: 'commit'; readonly actual: ReadonlyMap<string, bigint> | null }
  | { readonly kind: 'release' | 'give_back' | 'expire' };

/**
 * Ends a grant once. Held units are those of a reservation before its expiry; at its expiry they go back, whoever
 * asks and whatever for, so that a late commit is answered with `expired` whether or not the sweeper came first.
 *
 * @throws InvalidRequestError `quantity_invalid` when more shall be committed than was held
 */
export function settle(tally: Tally, grant: Grant, ending: Ending, at: Date): Settled {
  if (hasExpired(grant, at)) return giveAllBack(tally, grant, 'expired');
  switch (grant.state) {
    case 'released':
    case 'expired':
      return grant.state;
    case 'committed':
      return ending.kind === 'give_back' ? giveAllBack(tally, grant, 'released') : 'already_committed';
    case 'reserved':
      if (ending.kind === 'commit') return commit(tally, grant, ending.actual);
      // Not yet due: whoever swept had an older look at it.
      return ending.kind === 'expire' ? 'unknown' : giveAllBack(tally, grant, 'released');
  }
}

function commit(tally: Tally, grant: Grant, actual: ReadonlyMap<string, bigint> | null): Settled {
  const meters = grant.meters.map((meter) => remaining(meter, actual?.get(meter.feature) ?? meter.counted));
  meters.forEach((meter, index) => {
    const held = grant.meters[index] ?? meter;
    const back = { quantity: held.counted - meter.counted, overage: held.overage - meter.overage };
    if (back.quantity > 0n) tally.giveBack(grant, meter, back);
    if (meter.overage > 0n) tally.owe(grant.id, grant, { ownerId: grant.ownerId, ...meter }, meter.overage);
  });
  tally.settle({ ...grant, state: 'committed', meters });
  return 'committed';
}

/** The meter at its actual amount; units beyond the limit are the first to go back. */
function remaining(meter: GrantMeter, actual: bigint): GrantMeter {
  if (actual < 0n || actual > meter.counted)
    throw new InvalidRequestError(
      'quantity_invalid',
      'Between nothing and all that was held can be committed',
      {
        feature: meter.feature,
      },
    );
  const included = meter.counted - meter.overage;
  return { ...meter, counted: actual, overage: actual > included ? actual - included : 0n };
}

function giveAllBack(tally: Tally, grant: Grant, state: GrantState & Settled): Settled {
  for (const meter of grant.meters)
    if (meter.counted > 0n) tally.giveBack(grant, meter, { quantity: meter.counted, overage: meter.overage });
  if (grant.state === 'committed' && grant.meters.some(({ overage }) => overage > 0n))
    tally.overageReturned.add(grant.id);
  const meters = grant.meters.map((meter) => ({ ...meter, counted: 0n, overage: 0n }));
  tally.settle({ ...grant, state, meters });
  return state;
}
