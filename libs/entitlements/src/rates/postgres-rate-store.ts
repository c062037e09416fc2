import type { DataSource } from 'typeorm';
import { isDatabaseUnavailable, UnavailableError } from '@tollgate/kernel';
import { RateStore, type CountedRate, type RateVerdict } from './rate-store.js';
import { rateVerdict } from './rate-verdict.js';

interface FactsRow {
  readonly granted: boolean;
  readonly used: string;
  readonly since: Date | null;
}

/**
 * Counts in Postgres rows, by the rule of `sliding-log.ts`: one statement, which is one transaction, for all rates
 * of a call. What a grant wrote is durable when the caller hears of it, so a crash forgets none.
 */
export class PostgresRateStore extends RateStore {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  spend(rates: readonly CountedRate[], at: Date): Promise<RateVerdict> {
    return this.ask('select granted, used, since from rate_spend($1, $2, $3, $4) order by place', rates, at);
  }

  peek(rates: readonly CountedRate[], at: Date): Promise<RateVerdict> {
    return this.ask(
      `select not bool_or(is_full) over () as granted, used, since
       from rate_facts($1, $2, $3, $4) order by place`,
      rates,
      at,
    );
  }

  private async ask(sql: string, rates: readonly CountedRate[], at: Date): Promise<RateVerdict> {
    if (rates.length === 0) return { allowed: true, rates: [] };
    const columns = [
      rates.map(({ key }) => key),
      rates.map(({ limit }) => limit),
      rates.map(({ perSeconds }) => perSeconds),
    ];
    const rows = await this.query(sql, [...columns, at]);
    const facts = rows.map(({ used, since }) => ({
      used: Number(used),
      since: since?.getTime() ?? null,
    }));
    return rateVerdict(
      rates,
      facts,
      at,
      rows.every(({ granted }) => granted),
    );
  }

  private async query(sql: string, parameters: unknown[]): Promise<FactsRow[]> {
    try {
      return await this.dataSource.query<FactsRow[]>(sql, parameters);
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      throw new UnavailableError('rates_unavailable', 'Rates cannot be counted right now', 5, {
        cause: error,
      });
    }
  }
}
