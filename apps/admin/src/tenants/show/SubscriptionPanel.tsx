import type { Subscription } from '../../api/staff-api.js';
import { formatMoney } from '../../format/numbers.js';
import { Facts, type Fact } from '../../shared/Facts.js';
import { Instant } from '../../shared/Instant.js';
import { Key } from '../../shared/Key.js';
import { Panel } from '../../shared/Panel.js';
import { providerName } from '../providerWords.js';
import { StatusText } from '../StatusText.js';

/** What was bought at the provider, which need not be the plan in force. */
export const SubscriptionPanel = ({ subscription }: { subscription: Subscription | null }) => {
  const bought = subscription?.providerSubscriptionId ? subscription : null;
  return (
    <Panel title="Subscription" empty={!bought && 'Nothing bought at a payment provider.'}>
      {bought && <Facts facts={factsOf(bought)} />}
    </Panel>
  );
};

function factsOf(bought: Subscription): Fact[] {
  const facts: (Fact | null)[] = [
    ['Plan', bought.plan],
    ['Status', <StatusText standing={bought} />],
    bought.amount && bought.currency
      ? ['Price', priceWords(bought.amount, bought.currency, bought.interval)]
      : null,
    bought.seats === null ? null : ['Seats', bought.seats],
    ['Period', <Period subscription={bought} />],
    instantFact('Cancels', bought.cancelAt),
    instantFact('Trial ends', bought.trialEnd),
    instantFact('Past due since', bought.pastDueSince),
    instantFact('Grace until', bought.graceUntil),
    bought.provider ? ['Provider', providerName(bought.provider)] : null,
    keyFact('Customer', bought.providerCustomerId),
    keyFact('Subscription', bought.providerSubscriptionId),
  ];
  return facts.filter((fact) => fact !== null);
}

function priceWords(amount: string, currency: string, interval: string | null): string {
  const price = formatMoney(amount, currency);
  return interval ? `${price} per ${interval}` : price;
}

const Period = ({ subscription }: { subscription: Subscription }) => (
  <>
    <Instant at={subscription.currentPeriodStart} /> to <Instant at={subscription.currentPeriodEnd} />
  </>
);

function instantFact(term: string, at: string | null): Fact | null {
  return at ? [term, <Instant at={at} />] : null;
}

function keyFact(term: string, key: string | null): Fact | null {
  return key ? [term, <Key>{key}</Key>] : null;
}
