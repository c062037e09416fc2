import type { ProviderSubscription, SubscriptionStatus } from '@tollgate/billing';
import type { FakeDelivery } from '../fake-deliveries.js';
import type { FakeProvider } from '../fake-provider.js';
import { pick } from './random.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What can happen to a subscription at its provider, as changes of what the provider tells. */
type Step = (now: ProviderSubscription, at: Date) => Partial<ProviderSubscription>;

const status = (word: SubscriptionStatus) => ({ status: word, rawStatus: word });

const STEPS: readonly Step[] = [
  (_, at) => ({ ...status('past_due'), pastDueSince: at }),
  () => ({ ...status('active'), pastDueSince: null }),
  ({ currentPeriodEnd }, at) => ({ cancelAt: currentPeriodEnd, canceledAt: at }),
  () => ({ cancelAt: null, canceledAt: null }),
  ({ currentPeriodEnd }) => ({
    currentPeriodStart: currentPeriodEnd,
    currentPeriodEnd: new Date((currentPeriodEnd?.getTime() ?? 0) + 30 * DAY_MS),
  }),
  () => ({
    priceRef: 'team_month',
    priceId: 'team_month',
    productId: 'team_month',
    seats: 3,
    interval: 'month',
  }),
  () => ({
    priceRef: 'pro_month',
    priceId: 'pro_month',
    productId: 'pro_month',
    seats: 1,
    interval: 'month',
  }),
  () => status('unpaid'),
  (_, at) => ({ ...status('paused'), pausedAt: at }),
  () => ({ ...status('active'), pausedAt: null }),
];
const END: Step = (_, at) => ({ ...status('canceled'), endedAt: at });

/** How often something happens in one history, its creation included. */
export const EVENTS = 12;

/** Lets a subscription live through a history of {@link EVENTS} events, yielding the delivery of each as it happens. */
export function* live(
  provider: FakeProvider,
  id: string,
  random: () => number,
  now: () => Date,
): Generator<FakeDelivery> {
  const ends = random() < 0.3;
  yield* provider.deliveriesAbout(id);
  for (let event = 1; event < EVENTS; event++) {
    const told = provider.life.fetch(id);
    if (told.endedAt) return;
    const step = ends && event === EVENTS - 1 ? END : pick(random, STEPS);
    yield provider.change(id, step(told, now()));
  }
}
