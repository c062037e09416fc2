import type { PaymentProvider } from '@tollgate/billing';
import type { Config } from '../config/config.js';
import { checkDatabase } from './database.check.js';
import { checkEnvironment } from './environment.check.js';
import { type Finding, toLine, unwell } from './finding.js';
import { checkPriceMap, type MapRow, readPriceMap } from './price-map.check.js';

/** Where the provider is to deliver. */
const WEBHOOK_PATH = '/webhooks/payment';
const RETURN_PATH = '/settings/billing';

/**
 * Looks at an installation step by step and prints a line for each: environment, database, and every configured provider
 * (key, clock, products against environment and database, tax codes, portal, webhook endpoint).
 *
 * @returns the exit code: 0 when nothing fails (warnings included), else 1
 */
export async function runDoctor(
  variables: Readonly<Record<string, string | undefined>>,
  print: (line: string) => void,
): Promise<0 | 1> {
  const all: Finding[] = [];
  const tell = (findings: readonly Finding[]): void => {
    all.push(...findings);
    for (const finding of findings) print(toLine(finding));
  };
  const { config, findings } = checkEnvironment(variables);
  tell(findings);
  if (config !== null) {
    tell(await checkDatabase(config.database.url));
    const map = await readPriceMap(config.database.url);
    for (const one of config.payments.providers) tell(await checkProvider(config, one.create(), map));
    tell(checkSelling(config));
  }
  const counts = { fail: 0, warn: 0, ok: 0 };
  for (const { verdict } of all) counts[verdict] += 1;
  print(`${counts.ok} ok, ${counts.warn} to look at, ${counts.fail} to mend`);
  return counts.fail === 0 ? 0 : 1;
}

async function checkProvider(
  { http, payments }: Config,
  provider: PaymentProvider,
  map: readonly MapRow[] | null,
): Promise<readonly Finding[]> {
  const { name } = provider;
  const sold = (map ?? []).filter((row) => row.provider === name && row.forSale);
  const named = payments.prices.filter((price) => price.provider === name);
  const steps = await provider.diagnose({
    priceRefs: [...new Set([...sold, ...named].map(({ externalId }) => externalId))],
    webhookUrl: `${http.appUrl}${WEBHOOK_PATH}`,
    returnUrl: `${http.appUrl}${RETURN_PATH}`,
  });
  const findings = steps.map((step) => ({ ...step, subject: `${name} ${step.subject.replace('_', ' ')}` }));
  return [...findings, ...checkPriceMap(name, payments.prices, map)];
}

function checkSelling({ payments }: Config): readonly Finding[] {
  if (payments.selling !== null) return [];
  const remedy = 'Right when plans are only given by staff; else set PAYMENT_PROVIDER';
  return [unwell('selling', 'warn', 'PAYMENT_PROVIDER=none sells nothing', remedy)];
}
