import type { EntitlementsService } from '../entitlements.service.js';
import type { TestOverride } from './test-override.js';

/** What can be asked of a class from outside; a fake that lacks one of its methods does not compile. */
export type PublicOf<Class> = { readonly [Key in keyof Class]: Class[Key] };

/** One question that was put to a fake; `gate` when a decorator's guard asked. */
export interface TestCall {
  readonly method:
    | 'gate'
    | 'check'
    | 'require'
    | 'consume'
    | 'reserve'
    | 'canAccess'
    | 'snapshot'
    | 'getLimit'
    | 'checkUsage';
  /** Null for a snapshot. */
  readonly feature: string | null;
  /** Null when nobody could be found who pays. */
  readonly ownerId: string | null;
}

/** How a test steers a fake. */
export interface TestControls {
  /** Everything that was asked so far, oldest first. */
  readonly calls: readonly TestCall[];
  /** Says something else of a feature from now on; its count starts anew. */
  set(feature: string, override: TestOverride): void;
  /** Forgets the calls; overrides stay. */
  clearCalls(): void;
}

/** A fake that stands wherever an {@link EntitlementsService} is wanted. */
export type TestEntitlements = EntitlementsService & TestControls;
