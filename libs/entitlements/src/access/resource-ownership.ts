/** Where a resource stands: in an organization, or (null) in the personal space of `userId`. */
export interface ResourceOwnership {
  readonly organizationId: string | null;
  readonly userId: string;
}

/**
 * How a product says to whom its resource belongs, for {@link BilledTo}: a provider of the product's module that
 * finds the resource named by the route's parameters. Null when there is none.
 */
export abstract class ResourceOwnerLookup {
  /** Looks by the route's parameters, e.g. `{ id: '…' }`. */
  abstract find(parameters: Readonly<Record<string, string>>): Promise<ResourceOwnership | null>;
}
