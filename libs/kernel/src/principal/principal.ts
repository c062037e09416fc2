/**
 * Who calls. Never who pays: that is the billing owner, resolved from the principal and the resource.
 * `system` is a schedule, a queue job, a webhook or the command line; there is no request behind it.
 */
export type Principal =
  | { readonly kind: 'user'; readonly userId: string }
  | {
      readonly kind: 'api_key';
      readonly keyId: string;
      /** Exactly one of the two is set: the key acts for a user's personal space or for an organization. */
      readonly userId: string | null;
      readonly organizationId: string | null;
    }
  | { readonly kind: 'service_key'; readonly keyId: string; readonly scopes: readonly string[] }
  | { readonly kind: 'staff'; readonly staffId: string; readonly permissions: readonly string[] }
  | { readonly kind: 'system'; readonly name: string };

/** A short, stable name for logs and audit rows, e.g. `user:42`; holds ids only, no personal data. */
export function principalName(principal: Principal): string {
  switch (principal.kind) {
    case 'user':
      return `user:${principal.userId}`;
    case 'api_key':
      return `api_key:${principal.keyId}`;
    case 'service_key':
      return `service_key:${principal.keyId}`;
    case 'staff':
      return `staff:${principal.staffId}`;
    case 'system':
      return `system:${principal.name}`;
  }
}
