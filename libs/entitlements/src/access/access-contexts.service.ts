import { type ExecutionContext, Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { NotFoundError, type Principal, principalOf } from '@tollgate/kernel';
import { type AccessContext, accessOf, attachAccess } from './access-context.js';
import { GateMisdeclaredError, OrganizationMismatchError } from './access.errors.js';
import { type BillingRule, billingRuleOf } from './billed-to.decorator.js';
import type { BillingPlace } from './billing-rules.js';
import { Callers } from './callers.service.js';
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
  private readonly underWay = new WeakMap<object, Promise<AccessContext>>();

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly callers: Callers,
  ) {}

  /**
   * The context of a guarded request if memory knows it; undefined when {@link of} has to be asked.
   *
   * @throws NotFoundError when the path names an organization that is absent or not the caller's
   * @throws OrganizationMismatchError when an API key's organization and the header disagree
   */
  now(execution: ExecutionContext): AccessContext | undefined {
    const request = execution.switchToHttp().getRequest<GuardedRequest>();
    const known = accessOf(request);
    if (known) return known;
    const principal = principalOf(request);
    const rule = ruleOf(execution);
    if (rule.by === 'resource' || rule.by === 'access') return undefined;
    const context = this.callers.now(principal, placeByRequest(rule, principal, request));
    return context && attached(request, insistOnThePath(rule, principal, context));
  }

  /**
   * The context of a guarded request.
   *
   * @throws NotFoundError when the path names an organization or resource that is absent or not the caller's
   * @throws OrganizationMismatchError when an API key's organization and the header disagree
   */
  of(execution: ExecutionContext): Promise<AccessContext> {
    const request = execution.switchToHttp().getRequest<GuardedRequest>();
    const known = accessOf(request);
    if (known) return Promise.resolve(known);
    const underWay = this.underWay.get(request);
    if (underWay) return underWay;
    const resolving = this.resolve(execution, request);
    this.underWay.set(request, resolving);
    return resolving;
  }

  private async resolve(execution: ExecutionContext, request: GuardedRequest): Promise<AccessContext> {
    const principal = principalOf(request);
    const rule = ruleOf(execution);
    const place = await this.placeOf(rule, principal, request);
    if (!place) throw new NotFoundError('Resource');
    const context = await this.callers.of(principal, place);
    return attached(request, insistOnThePath(rule, principal, context));
  }

  private async placeOf(
    rule: BillingRule,
    principal: Principal | null,
    request: GuardedRequest,
  ): Promise<BillingPlace | null> {
    if (rule.by !== 'resource') return placeByRequest(rule, principal, request);
    if (!principal) return { kind: 'caller' };
    namedOrganization(principal, request.headers[ORGANIZATION_HEADER]);
    const ownership = await this.lookup(rule.lookup).find(request.params ?? {});
    return ownership && { kind: 'resource', ...ownership };
  }

  private lookup(type: Type<ResourceOwnerLookup>): ResourceOwnerLookup {
    return this.moduleRef.get(type, { strict: false });
  }
}

function ruleOf(execution: ExecutionContext): BillingRule {
  const rule = billingRuleOf(execution.getHandler(), execution.getClass());
  if (!rule) throw new GateMisdeclaredError(`${execution.getClass().name} does not declare who pays`);
  return rule;
}

function placeByRequest(
  rule: Exclude<BillingRule, { by: 'resource' }>,
  principal: Principal | null,
  { headers, params = {} }: GuardedRequest,
): BillingPlace {
  const named = principal && namedOrganization(principal, headers[ORGANIZATION_HEADER]);
  if (rule.by === 'organization') {
    return { kind: 'organization', organizationId: params[rule.parameter] ?? '' };
  }
  // A key carries its organization by itself, so the header could only repeat it.
  return named === null || principal?.kind === 'api_key'
    ? { kind: 'caller' }
    : { kind: 'organization', organizationId: named };
}

/** What the path names must exist for this caller; header and body merely leave the owner unresolved. */
function insistOnThePath(
  rule: BillingRule,
  principal: Principal | null,
  context: AccessContext,
): AccessContext {
  const isFound = context.owner !== null || context.standing === 'unavailable';
  if (principal && !isFound && rule.by !== 'caller') throw new NotFoundError('Resource');
  return context;
}

function attached(request: object, context: AccessContext): AccessContext {
  attachAccess(request, context);
  return context;
}

/** The organization that the header names, null without one; a key contradicts it on every route alike. */
function namedOrganization(principal: Principal, header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const named = Array.isArray(header) ? header.join(',') : header;
  if (principal.kind === 'api_key' && named.toLowerCase() !== principal.organizationId?.toLowerCase())
    throw new OrganizationMismatchError();
  return named;
}
