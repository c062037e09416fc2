import { type ExecutionContext, Injectable, type Type } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import { NotFoundError, type Principal, principalOf, TransactionRunner } from '@tollgate/kernel';
import { OwnerFactsStore } from '../decisions/owner-facts.store.js';
import { type AccessContext, attachAccess, userIdOf } from './access-context.js';
import { GateMisdeclaredError, OrganizationMismatchError } from './access.errors.js';
import { BILLING_RULE, type BillingRule } from './billed-to.decorator.js';
import { type BillingOwnership, BillingOwnerResolver, type BillingPlace } from './billing-owner-resolver.js';
import type { ResourceOwnerLookup } from './resource-ownership.js';

/** The header that names an organization (lower case, as Node presents it). */
export const ORGANIZATION_HEADER = 'tollgate-organization';

interface GuardedRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly params?: Readonly<Record<string, string>>;
}

/** Resolves who calls and who pays, once per request. */
@Injectable()
export class AccessContexts {
  private readonly resolved = new WeakMap<object, Promise<AccessContext>>();

  constructor(
    private readonly reflector: Reflector,
    private readonly moduleRef: ModuleRef,
    private readonly resolver: BillingOwnerResolver,
    private readonly facts: OwnerFactsStore,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * The context of a guarded request.
   *
   * @throws NotFoundError when the path names an organization or resource that is absent or not the caller's
   * @throws OrganizationMismatchError when an API key's organization and the header disagree
   */
  async of(execution: ExecutionContext): Promise<AccessContext> {
    const request = execution.switchToHttp().getRequest<GuardedRequest>();
    const known = this.resolved.get(request);
    if (known) return known;
    const resolving = this.resolve(execution, request);
    this.resolved.set(request, resolving);
    const context = await resolving;
    attachAccess(request, context);
    return context;
  }

  private async resolve(execution: ExecutionContext, request: GuardedRequest): Promise<AccessContext> {
    const principal = principalOf(request);
    if (!principal) return { principal, owner: null, organizationId: null, userId: null };
    const rule = this.reflector.getAllAndOverride<BillingRule | undefined>(BILLING_RULE, [
      execution.getHandler(),
      execution.getClass(),
    ]);
    if (!rule) throw new GateMisdeclaredError(`${execution.getClass().name} does not declare who pays`);
    const ownership = await this.ownershipBy(rule, principal, request);
    // What the path names must exist for this caller; header and body merely leave the owner unresolved.
    if (!ownership && rule.by !== 'caller') throw new NotFoundError('Resource');
    return {
      principal,
      owner: ownership && (await this.facts.read(ownership.ownerId)),
      organizationId: ownership?.organizationId ?? null,
      userId: userIdOf(principal),
    };
  }

  private async ownershipBy(
    rule: BillingRule,
    principal: Principal,
    request: GuardedRequest,
  ): Promise<BillingOwnership | null> {
    const named = namedOrganization(principal, request.headers[ORGANIZATION_HEADER]);
    const place = await this.placeOf(rule, principal, request.params ?? {}, named);
    return place && this.resolver.resolve(principal, place, this.transactions.reader);
  }

  private async placeOf(
    rule: BillingRule,
    principal: Principal,
    parameters: Readonly<Record<string, string>>,
    named: string | null,
  ): Promise<BillingPlace | null> {
    switch (rule.by) {
      case 'caller':
        // A key carries its organization by itself, so the header could only repeat it.
        return named === null || principal.kind === 'api_key'
          ? { kind: 'caller' }
          : { kind: 'organization', organizationId: named };
      case 'organization':
        return { kind: 'organization', organizationId: parameters[rule.parameter] ?? '' };
      case 'resource': {
        const ownership = await this.lookup(rule.lookup).find(parameters);
        return ownership && { kind: 'resource', ...ownership };
      }
    }
  }

  private lookup(type: Type<ResourceOwnerLookup>): ResourceOwnerLookup {
    return this.moduleRef.get(type, { strict: false });
  }
}

/** The organization that the header names, null without one; a key contradicts it on every route alike. */
function namedOrganization(principal: Principal, header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const named = Array.isArray(header) ? header.join(',') : header;
  if (principal.kind === 'api_key' && named.toLowerCase() !== principal.organizationId?.toLowerCase())
    throw new OrganizationMismatchError();
  return named;
}
