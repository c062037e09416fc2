import type { Principal } from '@tollgate/kernel';
import type { AccessContext } from '../access/access-context.js';
import { GateMisdeclaredError } from '../access/access.errors.js';
import type { BillingRule } from '../access/billed-to.decorator.js';
import { contextBehind } from '../access/owned-access.js';
import type { DoorServices } from './door-services.service.js';
import { isQueueJob } from './queue-job.js';

/**
 * Who pays for a call that no request is behind: whoever the handed-on access says, or whoever the resource belongs to
 * that the job's data or the first argument names. A job acts as the system; so does a cron handler.
 */
export async function contextOfCall(
  services: DoorServices,
  rule: BillingRule | null,
  args: readonly unknown[],
  name: string,
): Promise<AccessContext> {
  switch (rule?.by) {
    case 'access': {
      const handedOn = args.map(contextBehind).find((context) => context !== null);
      return handedOn ?? services.callers.of(null, { kind: 'caller' });
    }
    case 'resource': {
      const principal: Principal = { kind: 'system', name };
      const ownership = await services.get(rule.lookup).find(parametersOf(args));
      return services.callers.of(
        principal,
        ownership ? { kind: 'resource', ...ownership } : { kind: 'caller' },
      );
    }
    default:
      throw new GateMisdeclaredError(`${name} is guarded but no @BilledTo declares who pays`);
  }
}

/** What a lookup may look at: the texts and whole numbers of a job's data, or of the first argument. */
export function parametersOf(args: readonly unknown[]): Readonly<Record<string, string>> {
  const job = args.find(isQueueJob);
  const named = job ? job.data : args[0];
  if (typeof named === 'string' || Number.isSafeInteger(named)) return { id: String(named) };
  if (typeof named !== 'object' || named === null) return {};
  return Object.fromEntries(
    Object.entries(named).flatMap(([key, value]) =>
      typeof value === 'string' || Number.isSafeInteger(value) ? [[key, String(value)]] : [],
    ),
  );
}
