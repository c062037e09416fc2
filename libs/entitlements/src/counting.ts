import type { Principal } from '@tollgate/kernel';
import type { KeyArgument } from './catalog/registered-catalog.js';
import type { Allowed, Decision } from './decisions/decision.js';
import type { Counted, CountingMode } from './gates/consumption.service.js';

/** For whom to decide: the caller, and the owner and organization already resolved. */
export interface Caller {
  readonly principal: Principal;
  readonly ownerId: string;
  readonly organizationId: string | null;
}

/** Under which name of the caller's something is counted. */
export interface KeyOptions {
  /** The caller's name for this intent, unique within the owner: a repetition counts once. */
  readonly key?: string | null;
}

/** How many units, and under which name. */
export interface ConsumeOptions extends KeyOptions {
  /** Whole units, 1 or more; default one. */
  readonly quantity?: bigint;
}

/** For how long units are held for work under way. */
export interface HoldOptions {
  /** Seconds of the Clock; default 15 minutes. */
  readonly holdSeconds?: number;
}

/** Units of one feature among several; `quantity` is whole, 1 or more, default one. */
export interface Units<Key extends string> {
  readonly feature: KeyArgument<Key>;
  readonly quantity?: bigint;
}

/** Units that are held for work under way. */
export interface Reservation {
  readonly decision: Decision;
  /** Null when they were denied. */
  readonly reservationId: string | null;
}

/** What came of units of several features: all were counted, or none. */
export interface AllCounted extends Reservation {
  /** The answer about each, in the order asked; empty when `decision` denied all. */
  readonly decisions: readonly Allowed[];
}

/** How long units are held unless the caller says otherwise: 15 minutes of the Clock, in seconds. */
export const HOLD_SECONDS = 900;

/** Counted for good. */
export const atOnce = ({ key = null }: KeyOptions): CountingMode => ({ key, holdSeconds: null, tx: null });

/** Held until committed, released or expired. */
export const holding = ({
  holdSeconds = HOLD_SECONDS,
  ...options
}: KeyOptions & HoldOptions): CountingMode => ({
  ...atOnce(options),
  holdSeconds,
});

/** What the caller is told of units of several features. */
export function allCounted({ decision, decisions, grantId }: Counted): AllCounted {
  const told = decision.allowed ? decisions.flatMap((one) => (one.allowed ? [one] : [])) : [];
  return { decision, decisions: told, reservationId: grantId };
}
