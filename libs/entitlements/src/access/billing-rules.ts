import { isUuid, type Principal } from '@tollgate/kernel';
import type { BillingSubject } from './billing-owner-resolver.js';

/** Where something happens, as far as it decides who pays. */
export type BillingPlace =
  /** Nothing in the request names an organization: the key's own, else personal. */
  | { readonly kind: 'caller' }
  /** The request names an organization. */
  | { readonly kind: 'organization'; readonly organizationId: string }
  /** A resource that stands in an organization, or in the personal space of the user who made it. */
  | { readonly kind: 'resource'; readonly organizationId: string | null; readonly userId: string };

/** Whom somebody names who may ask about anybody. */
export type NamedPlace =
  | { readonly kind: 'organization'; readonly organizationId: string }
  | { readonly kind: 'user'; readonly userId: string };

/** What to look up, and who must be a member of the organization that is found: flat, as one is made for every caller. */
export interface BillingRoute {
  readonly kind: BillingSubject['kind'];
  /** Of the user, organization or owner. */
  readonly id: string;
  /** Null when the principal acts for the organization without being a person of it. */
  readonly member: string | null;
}

/**
 * Who pays, for every kind of caller: a user in the personal space pays, in an organization its billing owner does; an
 * API key stands for its user or organization, even when the person who made it has left; the system acts for whatever
 * the resource belongs to. Null for anything else: never "the caller pays". Service keys and staff are nobody's on
 * routes of tenants; they ask by name ({@link namedRoute}).
 */
export function billingRoute(principal: Principal, place: BillingPlace): BillingRoute | null {
  switch (principal.kind) {
    case 'user':
      return ofUser(principal.userId, place);
    case 'api_key':
      return ofKey(principal, place);
    case 'system':
      return place.kind === 'resource' ? ofResource(place) : null;
    case 'service_key':
    case 'staff':
      return null;
  }
}

/** The way to whom somebody names who may ask about anybody; null for a name that cannot be one. */
export function namedRoute(place: NamedPlace): BillingRoute | null {
  return place.kind === 'user' ? personal(place.userId) : organization(place.organizationId, null);
}

function ofUser(userId: string, place: BillingPlace): BillingRoute | null {
  switch (place.kind) {
    case 'caller':
      return personal(userId);
    case 'organization':
      return organization(place.organizationId, userId);
    case 'resource':
      if (place.organizationId !== null) return organization(place.organizationId, userId);
      // A personal resource is only there for the user whose it is.
      return place.userId === userId ? personal(userId) : null;
  }
}

function ofKey(key: Extract<Principal, { kind: 'api_key' }>, place: BillingPlace): BillingRoute | null {
  const placed = place.kind === 'caller' ? null : place.organizationId;
  if (key.organizationId !== null) {
    const elsewhere = place.kind !== 'caller' && placed?.toLowerCase() !== key.organizationId;
    return elsewhere ? null : organization(key.organizationId, null);
  }
  if (key.userId === null || placed !== null) return null;
  return place.kind === 'resource' && place.userId !== key.userId ? null : personal(key.userId);
}

function ofResource(place: Extract<BillingPlace, { kind: 'resource' }>): BillingRoute | null {
  return place.organizationId === null ? personal(place.userId) : organization(place.organizationId, null);
}

/**
 * The same way by the one spelling of an organization's id; null when it cannot be one. Postgres reads a UUID in any
 * spelling, but counters are named by its text: two spellings of one organization would have two counts. Memory knows
 * organizations by their one spelling and finds no other, so that only who asks the database has to look at it.
 */
export function spelledOut(route: BillingRoute): BillingRoute | null {
  if (route.kind !== 'organization') return route;
  return isUuid(route.id) ? organization(route.id.toLowerCase(), route.member) : null;
}

/** What a way leads to, for whoever looks it up. */
export function subjectOf({ kind, id }: BillingRoute): BillingSubject {
  switch (kind) {
    case 'user':
      return { kind, userId: id };
    case 'organization':
      return { kind, organizationId: id };
    case 'owner':
      return { kind, ownerId: id };
  }
}

/** The way to an owner that is known by its own id. */
export function ownerRoute(ownerId: string): BillingRoute {
  return { kind: 'owner', id: ownerId, member: null };
}

function organization(organizationId: string, member: string | null): BillingRoute {
  return { kind: 'organization', id: organizationId, member };
}

function personal(userId: string): BillingRoute {
  return { kind: 'user', id: userId, member: null };
}
