import {
  type CatalogForm,
  LIST_PRICES,
  type ListPrice,
  type ProviderName,
  type ProviderPrice,
  type PushedPrice,
} from '@tollgate/billing';
import { DomainError } from '@tollgate/kernel';
import { ConfigError } from '../config/config.js';
import { planIdVariable } from '../payment-providers/plan-ids.js';
import { catalogForms } from './catalog-forms.js';
import { providerByKeys } from './provider-by-keys.js';

type Print = (line: string) => void;

/**
 * Pushes the catalog's plans to the provider as products and prices, reads them back, and prints the variables to set.
 * Safe to repeat: what is there already is found by our metadata. Nothing is taken off sale: what a running shop sells
 * is for staff to change, and the lines say how.
 *
 * @param listPrices what the plans cost by our own list
 * @returns the exit code: 0 when all stands at the provider as wanted, else 1
 */
export async function runSetup(
  variables: Readonly<Record<string, string | undefined>>,
  print: Print,
  listPrices: readonly ListPrice[] = LIST_PRICES,
): Promise<0 | 1> {
  try {
    const { kind, provider, taxCode } = providerByKeys(variables);
    const forms = catalogForms(taxCode, listPrices);
    const pushed = await provider.pushCatalog(forms);
    const told = await provider.readBackCatalog();
    const differences = forms.flatMap((form, index) => differenceOf(form, pushed[index], told) ?? []);
    for (const one of pushed) print(`${one.outcome.padEnd(9)}  ${words(one)}  ${one.priceRef}`);
    for (const line of differences) print(`FAIL       ${line}`);
    if (differences.length > 0) return 1;
    print('');
    print(`${provider.name} has all ${pushed.length} prices.`);
    tellWhatStays(provider.name, pushed, print);
    if (pushed.some(({ outcome }) => outcome === 'created')) {
      print('');
      print(
        'Set these variables, then run npm run doctor (a database that sells already keeps its price map):',
      );
      for (const { plan, interval, priceRef } of pushed)
        print(`${planIdVariable(kind, plan, interval)}=${priceRef}`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError) && !(error instanceof DomainError)) throw error;
    print(error instanceof ConfigError ? error.message : `FAIL       ${error.code}: ${reasoned(error)}`);
    return 1;
  }
}

/** A shop that runs sells what its price map says, so the old price must be there until the map names the new one. */
function tellWhatStays(provider: ProviderName, pushed: readonly PushedPrice[], print: Print): void {
  const replaced = pushed.filter(({ stays }) => stays.length > 0);
  if (replaced.length === 0) return;
  print('');
  print(
    'Other prices of these plans are on sale still. Nothing was archived; a running shop sells them until you',
  );
  print('1. put the new price on sale, as a member of staff who may edit the catalog:');
  for (const { plan, interval, priceRef } of replaced) {
    const form = JSON.stringify({ plan, interval, forSale: true, reason: '…' });
    print(`   PUT /staff/prices/${provider}/${priceRef}  ${form}`);
  }
  print(
    '2. archive the old one at the provider a day later, when no checkout is open that sells it. Whoever has',
  );
  print('   subscribed goes on paying it.');
  for (const { stays, ...sold } of replaced)
    for (const { priceRef, money } of stays) print(`   ${words(sold)}  ${priceRef}  ${inWords(money)}`);
}

/** With the reason of a refusal: that the key is wrong is what whoever runs this has to know. */
function reasoned({ message, details }: DomainError): string {
  return typeof details.reason === 'string' ? `${message} (${details.reason})` : message;
}

function words({ plan, interval }: Pick<PushedPrice, 'plan' | 'interval'>): string {
  return `${plan} by the ${interval}`.padEnd(24);
}

/** An amount as people write it, `89.00 USD`: how many places a currency has is ISO 4217's to say. */
function inWords({ amount, currency }: ProviderPrice['money']): string {
  const code = currency.toUpperCase();
  const { maximumFractionDigits: places = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: code,
  }).resolvedOptions();
  const digits = amount.toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return places === 0 ? `${whole} ${code}` : `${whole}.${digits.slice(-places)} ${code}`;
}

/** What was pushed is believed only when the provider tells it again. */
function differenceOf(
  form: CatalogForm,
  pushed: PushedPrice | undefined,
  told: readonly ProviderPrice[],
): string | null {
  const prices = told.filter(({ priceRef }) => priceRef === pushed?.priceRef);
  const [price] = prices;
  if (price === undefined) return `${words(form)} was pushed, but is not on sale`;
  const { money } = form;
  const isAsWanted = prices.some(
    (one) =>
      one.money.amount === money.amount &&
      one.money.currency === money.currency &&
      one.interval === form.interval,
  );
  if (isAsWanted) return null;
  return `${words(form)} costs ${inWords(price.money)} by the ${price.interval} at the provider`;
}
