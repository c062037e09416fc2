import type { Step } from './step.js';

const MONTHLY = { interval: 'month' } as const;

/** The first weeks: a free account, a trial, the first payment. */
const begins: readonly Step[] = [
  {
    at: '01-04T09:00',
    say: 'Grace Hopper signs up',
    do: (stage) => stage.signUp('Grace Hopper'),
    expect: { plan: 'free', status: 'active', workflows: '0/3', ai: 'no: plan_required', paid: 0 },
  },
  {
    at: '01-04T09:05',
    say: 'She opens the checkout of Pro: nothing changes before the signed webhook',
    do: (stage) => stage.openCheckout({ plan: 'pro', ...MONTHLY }),
    expect: { plan: 'free', ai: 'no: plan_required' },
  },
  {
    at: '01-04T09:10',
    say: 'She leaves her card on the page: a trial of 14 days',
    do: (stage) => stage.pay(),
    expect: { plan: 'pro', status: 'trialing', ai: 'yes', workflows: '0/25', paid: 0 },
  },
  {
    at: '01-05T10:00',
    say: 'The team builds four workflows, one more than Free has',
    do: async (stage) => {
      for (const name of ['Orders', 'Invoices', 'Tickets', 'Releases']) await stage.makeWorkflow(name);
    },
    expect: { workflows: '4/25' },
  },
  {
    at: '01-18T09:09',
    say: 'The last minute of the trial',
    expect: { status: 'trialing', ai: 'yes', paid: 0 },
  },
  {
    at: '01-18T09:11',
    say: 'The trial has ended: the first charge',
    expect: { plan: 'pro', status: 'active', ai: 'yes', amount: 9_900, paid: 9_900, refused: 0 },
  },
];

/** It grows: a higher plan, more seats, fewer seats. */
const grows: readonly Step[] = [
  {
    at: '02-02T14:00',
    say: 'Upgrade to Enterprise with 3 seats: at once',
    do: (stage) => stage.change({ plan: 'enterprise', ...MONTHLY, seats: 3 }),
    expect: { plan: 'enterprise', seats: 3, amount: 18_000, support: 'yes', workflows: '4/unlimited' },
  },
  {
    at: '02-09T11:00',
    say: 'Two people join: 5 seats at once',
    do: (stage) => stage.change({ plan: 'enterprise', ...MONTHLY, seats: 5 }),
    expect: { plan: 'enterprise', seats: 5, amount: 30_000, support: 'yes' },
  },
  {
    at: '02-18T09:11',
    say: 'Renewal: 5 seats, and what the changes of February came to',
    expect: { status: 'active', paid: 30_000 + 7_583, refused: 0 },
  },
  {
    at: '02-25T16:00',
    say: 'One person leaves: 4 seats from the next period on',
    do: (stage) => stage.change({ plan: 'enterprise', ...MONTHLY, seats: 4 }),
    expect: { seats: 5, amount: 30_000, toCome: 'enterprise, 4 seats', paid: 0 },
  },
  {
    at: '03-18T08:30',
    say: 'The last hour before the renewal',
    expect: { status: 'active', paid: 0, support: 'yes' },
  },
  {
    at: '03-18T09:11',
    say: 'Renewal with 4 seats',
    expect: { seats: 4, amount: 24_000, toCome: null, paid: 24_000, refused: 0 },
  },
];

/** A card that expired: grace, the end of it, and the way back. */
const falters: readonly Step[] = [
  {
    at: '04-10T12:00',
    say: 'The card expires; nobody notices',
    do: (stage) => stage.breakCard(),
    expect: { status: 'active', ai: 'yes' },
  },
  {
    at: '04-18T09:11',
    say: 'The renewal fails: 14 days of grace',
    expect: {
      status: 'past_due',
      paid: 0,
      refused: 24_000,
      ai: 'yes, in grace',
      support: 'yes, in grace',
    },
  },
  {
    at: '05-02T09:09',
    say: 'The last minute of grace',
    expect: { status: 'past_due', ai: 'yes, in grace', paid: 0 },
  },
  {
    at: '05-02T09:12',
    say: 'Grace is over: the gates close, nothing is deleted',
    expect: { ai: 'no: payment_past_due', support: 'no: payment_past_due', workflows: '4/3 full' },
  },
  {
    at: '05-04T08:30',
    say: 'A new card pays what is open: everything is back at once',
    do: (stage) => stage.payWithNewCard(),
    expect: {
      plan: 'enterprise',
      status: 'active',
      graceUntil: null,
      paid: 24_000,
      ai: 'yes',
      support: 'yes',
      workflows: '4/unlimited',
    },
  },
];

/** It shrinks, changes its mind once, and ends. */
const ends: readonly Step[] = [
  {
    at: '05-06T10:00',
    say: 'Downgrade to Team: from the next period on',
    do: (stage) => stage.change({ plan: 'team', ...MONTHLY, seats: 4 }),
    expect: { plan: 'enterprise', toCome: 'team, 4 seats', paid: 0, support: 'yes' },
  },
  {
    at: '05-18T09:09',
    say: 'The last minute of Enterprise',
    expect: { plan: 'enterprise', support: 'yes', paid: 0 },
  },
  {
    at: '05-18T09:11',
    say: 'Team, at its own price',
    expect: {
      plan: 'team',
      seats: 4,
      amount: 12_000,
      toCome: null,
      paid: 12_000,
      ai: 'yes',
      support: 'no',
      workflows: '4/100',
    },
  },
  {
    at: '08-10T15:00',
    say: 'Summer: two renewals, and a cancellation',
    do: (stage) => stage.cancel(),
    expect: { plan: 'team', status: 'active', paid: 24_000, refused: 0, ai: 'yes' },
  },
  {
    at: '08-11T09:00',
    say: 'A night later the cancellation is taken back',
    do: (stage) => stage.undoCancel(),
    expect: { plan: 'team', status: 'active', cancelAt: null, paid: 0, ai: 'yes' },
  },
  {
    at: '09-10T17:00',
    say: 'Cancelled for good: access until the end of what is paid for',
    do: (stage) => stage.cancel(),
    expect: { plan: 'team', status: 'active', paid: 12_000, ai: 'yes' },
  },
  {
    at: '09-18T09:09',
    say: 'The last minute of it',
    expect: { plan: 'team', status: 'active', paid: 0, ai: 'yes', workflows: '4/100' },
  },
  {
    at: '09-18T09:11',
    say: 'It has expired: the free plan, and four workflows that stay',
    expect: {
      plan: 'free',
      status: 'active',
      amount: null,
      paid: 0,
      ai: 'no: canceled',
      workflows: '4/3 full',
    },
  },
  {
    at: '12-31T23:59',
    say: 'The end of the year: nothing more was charged',
    expect: { plan: 'free', status: 'active', paid: 0, refused: 0, ai: 'no: canceled' },
  },
];

/** A year of one team's billing, from sign-up to expiry; the same for every provider. */
export const A_YEAR: readonly Step[] = [...begins, ...grows, ...falters, ...ends];
