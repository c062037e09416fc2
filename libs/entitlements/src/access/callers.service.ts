import { Injectable } from '@nestjs/common';
import { type Principal, realNow, UnavailableError } from '@tollgate/kernel';
import type { WarmAccount } from '../memory/account-readings.js';
import { Accounts } from '../memory/accounts.service.js';
import { WarmOwner } from '../memory/warm-owner.js';
import { type AccessContext, userIdOf } from './access-context.js';
import {
  type BillingPlace,
  type BillingRoute,
  billingRoute,
  type NamedPlace,
  namedRoute,
  ownerRoute,
  spelledOut,
} from './billing-rules.js';

/** Who calls, and how who pays is found. */
type Route = Pick<AccessContext, 'principal' | 'userId' | 'route'>;

/** Resolves who pays for a caller in a place: at once if it is remembered, else by asking the database. */
@Injectable()
export class Callers {
  constructor(private readonly accounts: Accounts) {}

  /** The context from memory; undefined when the database has to be asked. */
  now(principal: Principal | null, place: BillingPlace): AccessContext | undefined {
    const caller = routed(principal, place);
    if (!caller.route) return nobody(caller);
    const account = this.accounts.find(caller.route, realNow());
    return account === undefined ? undefined : contextOf(caller, caller.route, account, null);
  }

  /** The context, asking the database if need be; `stale` or `unavailable` when it cannot be asked. */
  of(principal: Principal | null, place: BillingPlace): Promise<AccessContext> {
    return this.ask(routed(principal, place), null);
  }

  /** The context of whom a principal names who may ask about anybody: that they may is for the asker to know. */
  named(principal: Principal, place: NamedPlace): Promise<AccessContext> {
    const userId = place.kind === 'user' ? place.userId : null;
    return this.ask({ principal, userId, route: namedRoute(place) }, null);
  }

  /** The context of an owner that is known by its own id, in one of its organizations or (null) in person. */
  ofOwner(principal: Principal, ownerId: string, organizationId: string | null): Promise<AccessContext> {
    return this.ask({ principal, userId: userIdOf(principal), route: ownerRoute(ownerId) }, organizationId);
  }

  /** Whether the owner of a context may still be believed. */
  isCurrent(owner: WarmOwner): boolean {
    return this.accounts.isCurrent(owner, realNow());
  }

  /** The same caller, with who pays looked at anew. */
  renewed({ principal, userId, route, organizationId }: AccessContext): Promise<AccessContext> {
    return this.ask({ principal, userId, route }, organizationId);
  }

  private async ask(caller: Route, organizationId: string | null): Promise<AccessContext> {
    const route = caller.route && spelledOut(caller.route);
    if (!route) return nobody(caller);
    try {
      const { account, asOf } = await this.accounts.ask(route);
      const context = contextOf(caller, route, account, asOf);
      const isNamedByOwner = route.kind === 'owner' && context.owner !== null;
      return isNamedByOwner ? payer(caller, context.owner, organizationId, context.standing, asOf) : context;
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      return payer(caller, null, null, 'unavailable', null);
    }
  }
}

function routed(principal: Principal | null, place: BillingPlace): Route {
  return { principal, userId: userIdOf(principal), route: principal && billingRoute(principal, place) };
}

function contextOf(
  caller: Route,
  { member }: BillingRoute,
  account: WarmAccount,
  asOf: number | null,
): AccessContext {
  if (account === null) return nobody(caller);
  const standing = asOf === null ? 'confirmed' : 'stale';
  if (account instanceof WarmOwner) return payer(caller, account, null, standing, asOf);
  // An organization that is somebody else's cannot be told from an absent one.
  if (member !== null && !account.admits(member)) return nobody(caller);
  return payer(caller, account.owner, account.organizationId, standing, asOf);
}

function nobody(caller: Route): AccessContext {
  return payer(caller, null, null, 'confirmed', null);
}

/**
 * Every context is made here, by one literal: made by spreading, it cost ten times the decision itself, and each look
 * into it afterwards was a search by name. What every check looks at comes first and lies together.
 */
function payer(
  { principal, userId, route }: Route,
  owner: WarmOwner | null,
  organizationId: string | null,
  standing: AccessContext['standing'],
  asOf: number | null,
): AccessContext {
  return { owner, asOf, principal, organizationId, userId, route, standing };
}
