import type { Principal } from '@tollgate/kernel';

/** Who a key stands for. */
export type KeyPrincipal = Extract<Principal, { kind: 'api_key' | 'service_key' }>;

/** A key that was proved by its secret and is not revoked, as memory holds it. */
export interface KnownKey {
  readonly principal: KeyPrincipal;
  /** Milliseconds of our time from which on it is refused; null for never. */
  readonly expiresAt: number | null;
}

/** Whether the key is good at `at` (milliseconds of our time); its last instant is no longer. */
export function isInForce({ expiresAt }: KnownKey, at: number): boolean {
  return expiresAt === null || at < expiresAt;
}
