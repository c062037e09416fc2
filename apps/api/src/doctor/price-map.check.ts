import pg from 'pg';
import type { MappedPrice, ProviderName } from '@tollgate/billing';
import { type Finding, unwell, well } from './finding.js';

/** A row of the price map, as the doctor compares it. */
export interface MapRow extends MappedPrice {
  readonly forSale: boolean;
}

/** The price map as stored; null when there is no such table yet, or no database. */
export async function readPriceMap(url: string): Promise<readonly MapRow[] | null> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<MapRow>(
      `select provider, external_id as "externalId", plan, interval, for_sale as "forSale" from price_map`,
    );
    return rows;
  } catch {
    return null;
  } finally {
    await client.end();
  }
}

/**
 * Compares the prices that the environment names with the database's map, which wins: a difference is no fault, but
 * whoever reads the environment would believe something else.
 */
export function checkPriceMap(
  provider: ProviderName,
  named: readonly MappedPrice[],
  map: readonly MapRow[] | null,
): readonly Finding[] {
  const subject = `${provider} price map`;
  if (map === null) {
    const remedy = 'Start the API once: it runs the migrations and fills the map';
    return [unwell(subject, 'warn', 'the database has no price map yet', remedy)];
  }
  const rows = map.filter((row) => row.provider === provider);
  const differing = named
    .filter((price) => price.provider === provider)
    .flatMap((price) => differenceOf(price, rows) ?? []);
  if (differing.length === 0) {
    const sold = rows.filter(({ forSale }) => forSale).length;
    return [well(subject, `${sold} prices for sale, as the environment names them`)];
  }
  return differing.map((what) =>
    unwell(subject, 'warn', what, 'The database wins: correct the variable, or the map in the dashboard'),
  );
}

function differenceOf(price: MappedPrice, rows: readonly MapRow[]): string | null {
  const { plan, interval, externalId } = price;
  const row = rows.find((one) => one.externalId === externalId);
  if (row === undefined) return `${externalId} (${plan} by the ${interval}) is in the environment only`;
  if (row.plan !== plan || row.interval !== interval) {
    return `${externalId} is ${plan} by the ${interval} in the environment, ${row.plan} by the ${row.interval} in the database`;
  }
  if (row.forSale) return null;
  const sold = rows.find((one) => one.plan === plan && one.interval === interval && one.forSale);
  return `${plan} by the ${interval} is sold as ${sold?.externalId ?? 'nothing'}, not as ${externalId}`;
}
