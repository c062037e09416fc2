import type { UsageWindow } from '../windows/window-at.js';

/** Units of one feature that a call wants, and the limit that holds for them. */
export interface MeterWish {
  readonly feature: string;
  /** 1 or more. */
  readonly quantity: bigint;
  /** Most units of the window, or `UNLIMITED`. */
  readonly limit: bigint;
  /** Whether units beyond the limit are refused, or counted and kept apart. */
  readonly overage: 'deny' | 'allow';
  readonly window: UsageWindow;
}

/** A wish to count: all meters or none. */
export interface ConsumeRequest {
  readonly ownerId: string;
  /** Null in the owner's personal space. */
  readonly organizationId: string | null;
  /** Who called, as `principalName` says it. */
  readonly principal: string;
  /** The instant the units are counted at; decides bucket, day and month. */
  readonly at: Date;
  readonly meters: readonly MeterWish[];
  /** The caller's name for this intent, unique within the owner; null counts every call. */
  readonly key: string | null;
}

/** A wish to hold units for running work. */
export interface ReserveRequest extends ConsumeRequest {
  /** From this instant on the units are no longer held, unless they were committed. */
  readonly expiresAt: Date;
}

/** How one meter stands. */
export interface MeterStanding {
  readonly feature: string;
  /** Units of the window, after a grant or before a refusal. */
  readonly used: bigint;
  /** Units of this grant that lie beyond the limit. */
  readonly overage: bigint;
  /** Whether this meter alone would have granted. */
  readonly fits: boolean;
}

/** Units were counted; `replayed` when an earlier call with the same key had counted them. */
export interface ConsumeGrant {
  readonly granted: true;
  readonly grantId: string;
  readonly replayed: boolean;
  readonly meters: readonly MeterStanding[];
}

/** Nothing was counted and nothing is remembered. */
export interface ConsumeRefusal {
  readonly granted: false;
  readonly meters: readonly MeterStanding[];
}

/** The answer to one wish. */
export type ConsumeAnswer = ConsumeGrant | ConsumeRefusal;

/** The answer to a wish to hold units; `reservationId` is the `grantId` under its other name. */
export type ReserveAnswer = (ConsumeGrant & { readonly reservationId: string }) | ConsumeRefusal;
