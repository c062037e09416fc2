import type { ReactNode } from 'react';
import type { PendingChange, Subscription } from '../../api/staff-api.js';
import { formatMoney } from '../../format/numbers.js';
import { Facts, type Fact } from '../../shared/Facts.js';
import { Day, Instant } from '../../shared/Instant.js';
import { Key } from '../../shared/Key.js';
import { Panel } from '../../shared/Panel.js';
import { PlanName } from '../PlanName.js';
import { providerName } from '../providerWords.js';
import { StatusText } from '../StatusText.js';

/** What was bought at the provider, which need not be the plan in force. */
export const SubscriptionPanel = ({ subscription }: { subscription: Subscription | null }) => {
  const bought = subscription?.providerSubscriptionId ? subscription : null;
  return (
    <Panel title="Subscription" empty={!bought && 'No subscription at a payment provider.'}>
      {bought && <Facts facts={factsOf(bought)} />}
    </Panel>
  );
};

function factsOf(bought: Subscription): Fact[] {
  const facts: Fact[] = [
    { term: 'Plan', value: <PlanName planKey={bought.plan} /> },
    { term: 'Status', value: <StatusText standing={bought} /> },
    { term: 'Price', value: priceWords(bought) },
    { term: 'Seats', value: bought.seats },
    { term: 'Period', value: <Period subscription={bought} /> },
    { term: 'Cancels', value: instantOf(bought.cancelAt) },
    { term: 'Changes', value: bought.pendingChange && <Change change={bought.pendingChange} /> },
    {
      term: bought.status === 'paused' ? 'Paused since' : 'Pauses',
      value: instantOf(bought.pause?.beginsAt),
    },
    {
      term: 'Resumes',
      value: bought.pause && (instantOf(bought.pause.endsAt) ?? 'When somebody resumes it'),
    },
    { term: 'Trial ends', value: bought.status === 'trialing' ? instantOf(bought.trialEnd) : null },
    { term: 'Past due since', value: instantOf(bought.pastDueSince) },
    { term: 'Grace until', value: instantOf(bought.graceUntil) },
    { term: 'Provider', value: bought.provider && providerName(bought.provider) },
    { term: 'Customer', value: keyOf(bought.providerCustomerId) },
    { term: 'Subscription', value: keyOf(bought.providerSubscriptionId) },
  ];
  return facts.filter(({ value }) => value !== null);
}

function priceWords({ amount, currency, interval }: Subscription): string | null {
  if (amount === null || currency === null) return null;
  const price = formatMoney(amount, currency);
  return interval ? `${price} per ${interval}` : price;
}

const Period = ({ subscription }: { subscription: Subscription }) => (
  <>
    <Day at={subscription.currentPeriodStart} /> to <Day at={subscription.currentPeriodEnd} />
  </>
);

/** What waits, and until when. */
const Change = ({ change: { plan, interval, seats, effectiveAt } }: { change: PendingChange }) => (
  <>
    {plan && (
      <>
        To <PlanName planKey={plan} />,{' '}
      </>
    )}
    {interval && `by the ${interval}, `}
    {seats !== null && `${seats} ${seats === 1 ? 'seat' : 'seats'}, `}
    <Day at={effectiveAt} none="with the next renewal" />
  </>
);

function instantOf(at: string | null | undefined): ReactNode {
  return at ? <Instant at={at} /> : null;
}

function keyOf(key: string | null): ReactNode {
  return key && <Key>{key}</Key>;
}
