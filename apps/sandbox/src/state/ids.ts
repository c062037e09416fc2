import { randomBytes, randomUUID } from 'node:crypto';

/** A version 4 UUID, as Polar names everything. */
export function uuid(): string {
  return randomUUID();
}

/** A prefixed token (`cus_…`, `sub_…`) of 24 characters, as Stripe names everything. */
export function prefixed(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

/** An unguessable token for links that stand in for a sign-in. */
export function secretToken(prefix: string): string {
  return `${prefix}_${randomBytes(24).toString('base64url')}`;
}
