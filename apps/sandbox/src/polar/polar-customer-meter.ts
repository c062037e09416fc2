import type { models } from '@polar-sh/sdk/2026-10';
import { aggregate, matchesFilter } from './polar-meter-rules.js';
import type { PolarState, PolarUsageEvent } from './polar-state.js';

/** What one customer consumed by one meter; undefined when nothing of theirs was ever counted. */
export function customerMeter(
  state: PolarState,
  customer: models.Customer,
  meter: models.Meter,
): models.CustomerStateMeter | undefined {
  const events = state.usage.filter(
    (event) => belongsTo(event, customer) && matchesFilter(meter.filter, event),
  );
  const last = events.at(-1);
  if (last === undefined) return undefined;
  const consumed = aggregate(meter.aggregation, events);
  return {
    id: `${customer.id}:${meter.id}`,
    created_at: events[0]?.timestamp ?? last.timestamp,
    modified_at: last.timestamp,
    meter_id: meter.id,
    consumed_units: consumed,
    credited_units: 0,
    balance: 0 - consumed,
  };
}

// An event may have come before its customer: the external id links the two later.
function belongsTo(event: PolarUsageEvent, customer: models.Customer): boolean {
  if (event.customer_id !== null) return event.customer_id === customer.id;
  return event.external_customer_id !== null && event.external_customer_id === customer.external_id;
}
