import type { models } from '@polar-sh/sdk/2026-10';
import { secretToken, uuid } from '../state/ids.js';
import type { World } from '../world.js';
import type { PolarSessionRecord } from './polar-state.js';

const VALID_FOR_MS = 60 * 60_000;

/** A portal link for the customer, good for an hour. */
export function createSession(
  world: World,
  customer: models.Customer,
  returnUrl: string | null,
): models.CustomerSession {
  const record: PolarSessionRecord = {
    id: uuid(),
    token: secretToken('polar_cst'),
    customerId: customer.id,
    returnUrl,
    createdAt: world.clock.iso(),
    expiresAt: new Date(world.clock.nowMs() + VALID_FOR_MS).toISOString(),
  };
  world.state.polar.sessions[record.token] = record;
  return {
    created_at: record.createdAt,
    modified_at: null,
    id: record.id,
    token: record.token,
    expires_at: record.expiresAt,
    return_url: returnUrl,
    customer_portal_url: `${world.url()}/portal/${record.token}`,
    customer_id: customer.id,
    customer,
  };
}
