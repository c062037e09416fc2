/** One thing the sandbox sells: a plan at one interval, as a Polar product and as a Stripe price. */
export interface SandboxOffer {
  /** `<plan>_<period>`; also the Stripe lookup key and, in capitals, the end of the id's variable name. */
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly plan: string;
  /** US cents; of one seat when `perSeat`. */
  readonly amount: number;
  readonly currency: 'usd';
  readonly interval: 'month' | 'year';
  readonly perSeat: boolean;
  readonly polarProductId: string;
  readonly stripeProductId: string;
  readonly stripePriceId: string;
  readonly taxCode: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Stripe's code for software as a service: Managed Payments accepts digital goods only. */
const SOFTWARE_AS_A_SERVICE = 'txcd_10103001';

/** List prices in US cents, month and year; `slot` is what tells the Polar ids apart, which must be UUIDs. */
const PLANS = [
  { plan: 'pro', name: 'Pro', perSeat: false, month: 9_900, year: 99_900, slot: 1 },
  { plan: 'team', name: 'Team', perSeat: true, month: 3_000, year: 30_000, slot: 2 },
  { plan: 'enterprise', name: 'Enterprise', perSeat: true, month: 6_000, year: 60_000, slot: 3 },
] as const;

/**
 * What the sandbox has on sale under `npm start`, with the words and marks that `npm run provider:setup` writes: it finds
 * nothing to do there. The ids never change, so stored subscriptions keep their meaning.
 */
export const SANDBOX_CATALOG: readonly SandboxOffer[] = PLANS.flatMap((row) => [
  offer(row, 'month', 'monthly', row.month, 0),
  offer(row, 'year', 'yearly', row.year, 1),
]);

function offer(
  row: (typeof PLANS)[number],
  interval: 'month' | 'year',
  period: 'monthly' | 'yearly',
  amount: number,
  turn: 0 | 1,
): SandboxOffer {
  const key = `${row.plan}_${period}`;
  return {
    key,
    name: row.name,
    description: `${row.name} plan${row.perSeat ? ', priced per seat' : ''}`,
    plan: row.plan,
    amount,
    currency: 'usd',
    interval,
    perSeat: row.perSeat,
    polarProductId: `70114a7e-0000-4000-8000-0000000000${row.slot}${turn}`,
    stripeProductId: `prod_${row.plan}`,
    stripePriceId: `price_${key}`,
    taxCode: SOFTWARE_AS_A_SERVICE,
    metadata: {
      plan: row.plan,
      internal_plan_id: `plan_${row.plan}`,
      billing_period: period,
      per_seat: String(row.perSeat),
    },
  };
}
