import type { Subscription, Tenant } from '../src/api/staff-api.js';

/** The plan that everybody has. */
export const free = { key: 'free', name: 'Free', rank: 0 };

/** Plans of the fake, as the catalog seeds them. */
export const plans = [
  free,
  { key: 'pro', name: 'Pro', rank: 10 },
  { key: 'team', name: 'Team', rank: 20 },
  { key: 'enterprise', name: 'Enterprise', rank: 30 },
];

/** An instant so many days from a fixed one. */
export const day = (offset: number) =>
  new Date(Date.UTC(2026, 10, 23, 9, 30) + offset * 86_400_000).toISOString();

/** Cases that a layout must survive: every status and source, long words, missing names. */
export const cases: Partial<Tenant & Subscription>[] = [
  { name: 'Ada Lovelace', email: 'ada@example.test', plan: 'free', source: 'default' },
  {
    name: 'Grace Hopper',
    email: 'grace@example.test',
    plan: 'pro',
    source: 'subscription',
    cancelAt: day(10),
  },
  {
    name: 'Kurt Gödel',
    email: 'kurt@example.test',
    plan: 'team',
    source: 'subscription',
    status: 'past_due',
    graceUntil: day(4),
    pastDueSince: day(-3),
    seats: 14,
  },
  { name: 'Emmy Noether', email: 'emmy@example.test', plan: 'enterprise', source: 'lifetime' },
  { name: 'Hedy Lamarr', email: 'hedy@example.test', plan: 'team', source: 'staff' },
  {
    name: 'Alan Turing',
    email: 'alan@example.test',
    plan: 'pro',
    source: 'trial',
    status: 'trialing',
    trialEnd: day(9),
  },
  {
    name: 'Katherine Johnson',
    email: 'katherine@example.test',
    plan: 'free',
    source: 'default',
    status: 'canceled',
  },
  {
    name: 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafewarenwohlgepflege',
    email: `${'a-very-long-local-part.'.repeat(4)}x@${'subdomain.'.repeat(8)}example.test`,
    plan: 'pro',
    source: 'subscription',
    provider: 'stripe',
  },
  {
    name: 'Rosalind Franklin',
    email: 'rosalind@example.test',
    plan: 'team',
    source: 'subscription',
    seats: 7,
    pendingChange: { plan: 'pro', interval: 'month', seats: null, effectiveAt: day(10) },
    pause: { beginsAt: day(10), endsAt: null },
  },
  {
    name: 'Lise Meitner',
    email: 'lise@example.test',
    plan: 'pro',
    source: 'subscription',
    provider: 'stripe',
    status: 'paused',
    pause: { beginsAt: day(-2), endsAt: day(28) },
  },
  { name: null, email: 'no-name@example.test', plan: 'free', source: 'default', status: 'unpaid' },
  { name: null, email: null, plan: 'free', source: 'default', status: 'paused' },
];
