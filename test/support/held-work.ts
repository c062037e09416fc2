import { Leases } from '@tollgate/kernel';
import type { TestApp } from './app.js';
import { eventually } from './poll.js';

/** Work about one provider subscription: commands that are sent, or what the provider has that is fetched. */
export type SubscriptionWork = 'subscription.commands' | 'subscription.sync';

const LONG_MS = 3_600_000;

/** Keeps workers from one kind of work about a subscription, as a slow one would; call what it answers to let them. */
export async function holdWork(
  test: TestApp,
  kind: SubscriptionWork,
  provider: string,
  subscriptionId: string,
): Promise<() => Promise<void>> {
  const key = `${provider}:${subscriptionId}`;
  const leases = test.app.get(Leases, { strict: false });
  let lease = await leases.acquire(`${kind}:${key}`, LONG_MS);
  await eventually(async () => {
    lease ??= await leases.acquire(`${kind}:${key}`, LONG_MS);
    return lease !== null;
  });
  return async () => {
    if (lease) await leases.release(lease);
    // A worker that found the door shut would come back only after its back-off.
    await eventually(async () => {
      const [, count] = await test.database.query<[unknown[], number]>(
        `update work_item set next_attempt_at = created_at where kind = $1 and key = $2 and state = 'pending'`,
        [kind, key],
      );
      return count === 0;
    });
  };
}
