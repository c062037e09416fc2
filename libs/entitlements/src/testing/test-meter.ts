import type { ConsumeAnswer, ConsumeRequest, MeterStanding, UsageMeter } from '@tollgate/usage';
import { UNLIMITED } from '@tollgate/usage';
import type { PublicOf } from './test-entitlements.js';
import type { TestFeatures } from './test-features.js';
import { onRollback } from './test-transactions.js';

interface Held {
  readonly request: ConsumeRequest;
  state: 'held' | 'committed' | 'released';
}

/** Stands for `UsageMeter` in memory: one count per feature, whoever and whenever; all meters or none. */
export function testMeter(features: TestFeatures): PublicOf<UsageMeter> {
  const grants = new Map<string, Held>();
  const keys = new Map<string, string>();
  const count = (request: ConsumeRequest, state: Held['state']): ConsumeAnswer => {
    const replay = request.key === null ? undefined : keys.get(nameOf(request));
    if (replay !== undefined)
      return { granted: true, grantId: replay, replayed: true, meters: standings(request) };
    const meters = standings(request);
    if (!meters.every(({ fits }) => fits)) return { granted: false, meters };
    add(request, 1n);
    const grantId = `grant-${grants.size + 1}`;
    grants.set(grantId, { request, state });
    if (request.key !== null) keys.set(nameOf(request), grantId);
    return { granted: true, grantId, replayed: false, meters: standings(request, 0n) };
  };
  const standings = (request: ConsumeRequest, wanted?: bigint): MeterStanding[] =>
    request.meters.map(({ feature, quantity, limit, overage }) => {
      const used = features.used(feature);
      const fits = limit === UNLIMITED || overage === 'allow' || used + (wanted ?? quantity) <= limit;
      return { feature, used, overage: 0n, fits };
    });
  const add = ({ meters }: ConsumeRequest, sign: bigint): void => {
    for (const { feature, quantity } of meters) features.add(feature, sign * quantity);
  };
  const release = async (grantId: string): Promise<'released' | 'unknown'> => {
    const grant = grants.get(grantId);
    if (!grant || grant.state === 'released') return grant ? 'released' : 'unknown';
    grant.state = 'released';
    if (grant.request.key !== null) keys.delete(nameOf(grant.request));
    add(grant.request, -1n);
    return 'released';
  };
  return {
    consume: async (request) => count(request, 'committed'),
    consumeIn: async (tx, request) => {
      const answer = count(request, 'committed');
      if (answer.granted && !answer.replayed) onRollback(tx, () => void release(answer.grantId));
      return answer;
    },
    reserve: async (request) => {
      const answer = count(request, 'held');
      return answer.granted ? { ...answer, reservationId: answer.grantId } : answer;
    },
    commit: async (grantId, actual) => {
      const grant = grants.get(grantId);
      if (!grant) return 'unknown';
      if (grant.state !== 'held') return grant.state === 'committed' ? 'already_committed' : 'released';
      grant.state = 'committed';
      for (const { feature, quantity } of grant.request.meters)
        features.add(feature, (actual?.get(feature) ?? quantity) - quantity);
      return 'committed';
    },
    release,
    giveBack: release,
    used: async (_reader, _ownerId, wishes) => wishes.map(({ feature }) => features.used(feature)),
  };
}

function nameOf({ ownerId, key }: ConsumeRequest): string {
  return `${ownerId}:${key ?? ''}`;
}
