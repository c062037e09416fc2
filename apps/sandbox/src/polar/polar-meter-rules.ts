import type { models } from '@polar-sh/sdk/2026-10';
import type { PolarUsageEvent } from './polar-state.js';

/** True when an event meets a meter's filter. `name` and `metadata.key` (or just `key`) are what clauses speak of. */
export function matchesFilter(filter: models.Filter, event: PolarUsageEvent): boolean {
  const meets = (clause: models.FilterClause | models.Filter): boolean =>
    'clauses' in clause ? matchesFilter(clause, event) : matchesClause(clause, event);
  return filter.conjunction === 'or' ? filter.clauses.some(meets) : filter.clauses.every(meets);
}

/** One number over the events of a customer; nothing counted is 0. */
export function aggregate(
  aggregation: models.Meter['aggregation'],
  events: readonly PolarUsageEvent[],
): number {
  if (!('property' in aggregation)) return events.length;
  const values = events.map((event) => valueOf(event, aggregation.property));
  if (aggregation.func === 'unique' || aggregation.func === undefined)
    return new Set(values.filter((value) => value !== undefined).map(String)).size;
  const numbers = values.map(Number).filter((value) => Number.isFinite(value));
  if (numbers.length === 0) return 0;
  const sum = numbers.reduce((total, value) => total + value, 0);
  switch (aggregation.func) {
    case 'max':
      return Math.max(...numbers);
    case 'min':
      return Math.min(...numbers);
    case 'avg':
      return sum / numbers.length;
    case 'sum':
      return sum;
  }
}

function matchesClause({ property, operator, value }: models.FilterClause, event: PolarUsageEvent): boolean {
  const found = valueOf(event, property);
  switch (operator) {
    case 'eq':
      return String(found) === String(value);
    case 'ne':
      return String(found) !== String(value);
    case 'gt':
      return Number(found) > Number(value);
    case 'gte':
      return Number(found) >= Number(value);
    case 'lt':
      return Number(found) < Number(value);
    case 'lte':
      return Number(found) <= Number(value);
    case 'like':
      return String(found).includes(String(value).replaceAll('%', ''));
    case 'not_like':
      return !String(found).includes(String(value).replaceAll('%', ''));
  }
}

function valueOf(event: PolarUsageEvent, property: string): unknown {
  if (property === 'name') return event.name;
  if (property === 'timestamp') return Date.parse(event.timestamp) / 1000;
  const key = property.replace(/^metadata\./, '');
  return Object.hasOwn(event.metadata, key) ? event.metadata[key] : undefined;
}
