/** Where Nest keeps what a controller's method declares for its parameters. */
const ROUTE_ARGUMENTS = '__routeArguments__';

/** One declared parameter of a controller's method. */
export interface RouteArgument {
  readonly index: number;
  /** What a parameter decorator was made of; absent for those of Nest's own. */
  readonly factory?: unknown;
}

/** The parameters that a method has declared by decorators so far, in no order. */
export function routeArguments(target: object, key: string | symbol): RouteArgument[] {
  const declared = Reflect.getMetadata(ROUTE_ARGUMENTS, target.constructor, key) as
    | Record<string, RouteArgument>
    | undefined;
  return Object.values(declared ?? {});
}
