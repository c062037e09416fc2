import { type CustomDecorator, SetMetadata, type Type } from '@nestjs/common';
import type { ResourceOwnerLookup } from './resource-ownership.js';

/** How a guarded handler finds who pays. */
export type BillingRule =
  /** Requests: header `Tollgate-Organization`, else the API key's organization, else the caller's personal space. */
  | { readonly by: 'caller' }
  /** Requests: the organization whose id stands in the path, as parameter `parameter`. */
  | { readonly by: 'organization'; readonly parameter: string }
  /**
   * The resource that the path names; for a queue job the one that its data names, for other methods the one that
   * their first argument names. No request needs to exist.
   */
  | { readonly by: 'resource'; readonly lookup: Type<ResourceOwnerLookup> }
  /** Methods of providers: an argument is the `OwnedAccess` of the request or job that calls. */
  | { readonly by: 'access' };

/** Metadata key of the rule, on a handler or on its class. */
const BILLING_RULE = 'tollgate:billing-rule';

/**
 * Declares who pays for what a handler (or every handler of a class) does. A guarded handler without such a
 * declaration refuses to boot.
 *
 * @example
 * \@BilledTo({ by: 'caller' })
 * \@Controller('v1/workflows')
 * export class WorkflowsController {}
 */
export function BilledTo(rule: BillingRule): CustomDecorator {
  return SetMetadata(BILLING_RULE, rule);
}

const rules = new WeakMap<object, WeakMap<object, BillingRule | null>>();

/** The rule of a handler: its own, else its class's, else null. Looked up once. */
export function billingRuleOf(handler: object, owner: object): BillingRule | null {
  let ofOwner = rules.get(owner);
  if (!ofOwner) rules.set(owner, (ofOwner = new WeakMap()));
  const known = ofOwner.get(handler);
  if (known !== undefined) return known;
  const rule = (Reflect.getMetadata(BILLING_RULE, handler) ??
    Reflect.getMetadata(BILLING_RULE, owner) ??
    null) as BillingRule | null;
  ofOwner.set(handler, rule);
  return rule;
}
