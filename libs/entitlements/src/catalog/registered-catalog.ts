import type { FeatureKind } from './catalog.js';

/**
 * The catalog that an application registers once, so that a key which does not stand in it does not compile.
 * Empty here: then every text is a key.
 *
 * @example
 * declare module '@tollgate/entitlements' {
 *   interface RegisteredCatalog {
 *     catalog: typeof seedCatalog;
 *   }
 * }
 */
// Applications merge into it, which only an interface allows.
export interface RegisteredCatalog {}

type AnyFeatures = Readonly<Record<string, { readonly kind: FeatureKind }>>;

/** The features of the registered catalog; of any catalog, when none is registered. */
type Features = RegisteredCatalog extends {
  readonly catalog: { readonly features: infer F extends AnyFeatures };
}
  ? F
  : AnyFeatures;

type KeyOfKind<Kind extends FeatureKind> = {
  [Key in keyof Features]: Kind extends Features[Key]['kind'] ? Key : never;
}[keyof Features] &
  string;

/** A feature of the registered catalog. */
export type FeatureKey = Extract<keyof Features, string>;

/** A feature that is on or off. */
export type FlagKey = KeyOfKind<'flag'>;

/** A feature of which units are counted in a window. */
export type QuotaKey = KeyOfKind<'quota'>;

/** A feature of which things that exist are counted. */
export type CapacityKey = KeyOfKind<'capacity'>;

/** A feature that says how large one thing may be. */
export type CeilingKey = KeyOfKind<'ceiling'>;

/**
 * A key given to a service: written out, it must stand in the registered catalog; a text that only running code
 * knows is taken as it is, and an unknown one is denied with `feature_unknown`.
 */
export type KeyArgument<Key extends string, Known extends string = FeatureKey> = string extends Key
  ? Key
  : Key extends Known
    ? Key
    : Known;
