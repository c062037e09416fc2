import { describe, expect, it } from '@jest/globals';
import { aggregate, matchesFilter } from './polar-meter-rules.js';
import type { PolarUsageEvent } from './polar-state.js';

function event(metadata: Record<string, unknown>): PolarUsageEvent {
  return {
    id: 'e',
    external_id: null,
    external_customer_id: 'o1',
    customer_id: null,
    name: 'execution',
    timestamp: '2026-11-26T00:00:00Z',
    metadata,
  };
}

const EVENTS = [event({ units: 3, node: 'a' }), event({ units: '5', node: 'b' }), event({ node: 'a' })];

describe('a meter', () => {
  it.each([
    [{ func: 'count' as const }, 3],
    [{ func: 'sum' as const, property: 'units' }, 8],
    [{ func: 'max' as const, property: 'metadata.units' }, 5],
    [{ func: 'min' as const, property: 'units' }, 3],
    [{ func: 'avg' as const, property: 'units' }, 4],
    [{ func: 'unique' as const, property: 'node' }, 2],
    [{ func: 'sum' as const, property: 'constructor' }, 0],
  ])('aggregates by %j to %i', (aggregation, expected) => {
    expect(aggregate(aggregation, EVENTS)).toBe(expected);
  });

  it.each([
    ['name', 'eq', 'execution', true],
    ['name', 'ne', 'execution', false],
    ['units', 'gt', 2, true],
    ['units', 'gte', 3, true],
    ['units', 'lt', 3, false],
    ['units', 'lte', 3, true],
    ['node', 'like', '%a%', true],
    ['node', 'not_like', 'a', false],
  ] as const)('counts events whose %s is %s %s: %s', (property, operator, value, expected) => {
    const filter = { conjunction: 'and' as const, clauses: [{ property, operator, value }] };
    expect(matchesFilter(filter, EVENTS[0] ?? event({}))).toBe(expected);
  });
});
