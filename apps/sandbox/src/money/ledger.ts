import type { World } from '../world.js';
import type { MoneyEntry } from './money-state.js';

/** Writes down a movement; nothing is written for nothing. */
export function recordMoney(world: World, entry: Omit<MoneyEntry, 'at'>): void {
  if (entry.amount === 0) return;
  world.state.money.push({ at: world.clock.iso(), ...entry });
}

/** What a customer or subscription came to, by kind and currency (`charge_usd`), minor units. */
export function totalsOf(entries: readonly MoneyEntry[]): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const { kind, currency, amount } of entries) {
    const key = `${kind}_${currency}`;
    totals[key] = (totals[key] ?? 0) + amount;
  }
  return totals;
}
