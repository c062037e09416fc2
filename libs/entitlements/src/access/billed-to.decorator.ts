import { type CustomDecorator, SetMetadata, type Type } from '@nestjs/common';
import type { ResourceOwnerLookup } from './resource-ownership.js';

/** How a guarded handler finds the organization that it acts in. */
export type BillingRule =
  /** Header `Tollgate-Organization`, else the API key's organization, else the caller's personal space. */
  | { readonly by: 'caller' }
  /** The organization whose id stands in the path, as parameter `parameter`. */
  | { readonly by: 'organization'; readonly parameter: string }
  /** The resource that the path names. */
  | { readonly by: 'resource'; readonly lookup: Type<ResourceOwnerLookup> };

/** Metadata key of the rule, on a handler or on its class. */
export const BILLING_RULE = 'tollgate:billing-rule';

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
