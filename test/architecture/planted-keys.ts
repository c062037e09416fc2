/** A use of a key, and whether the application's own catalog knows it for this use. */
export interface PlantedKey {
  readonly use: string;
  /** What the compiler must say; null when the use is fine. */
  readonly refusal: RegExp | null;
}

const UNKNOWN = /"exprot".* is not assignable .*'FeatureKey'/;
const WRONG_KIND = /"export".* is not assignable .*'CapacityKey'/;

/** Uses of keys in decorators and services. */
export const plantedKeys: readonly PlantedKey[] = [
  { use: `@RequiresFeature('exprot') run(): void {}`, refusal: UNKNOWN },
  { use: `@RequiresFeature('export') run(): void {}`, refusal: null },
  { use: `@RequiresFeature('Export') run(): void {}`, refusal: /"Export".* is not assignable/s },
  { use: `@WithinCapacity('workflows') run(): void {}`, refusal: null },
  { use: `@WithinCapacity('workflows', 'export') run(): void {}`, refusal: WRONG_KIND },
  { use: `@WithinCapacity('export') run(): void {}`, refusal: WRONG_KIND },
  { use: `run(): unknown { return this.entitlements.check(caller, 'exprot'); }`, refusal: UNKNOWN },
  { use: `run(): unknown { return this.entitlements.check(caller, 'export'); }`, refusal: null },
  { use: `run(): unknown { return this.entitlements.require(caller, 'exprot'); }`, refusal: UNKNOWN },
  { use: `run(): unknown { return this.entitlements.canAccess(caller, 'exprot'); }`, refusal: UNKNOWN },
  { use: `run(): unknown { return this.entitlements.getLimit(caller, 'exprot'); }`, refusal: UNKNOWN },
  {
    use: `run(): unknown { return this.entitlements.consumeAll(caller, [{ feature: 'exprot' }]); }`,
    refusal: UNKNOWN,
  },
  {
    use: `run(): unknown { return this.entitlements.consumeAll(caller, [{ feature: 'export' }, { feature: 'executions', quantity: 2n }]); }`,
    refusal: null,
  },
  { use: `run(key: string): unknown { return this.entitlements.check(caller, key); }`, refusal: null },
  { use: `readonly key: QuotaKey = 'executions';`, refusal: null },
  { use: `readonly key: QuotaKey = 'workflows';`, refusal: /"workflows".* is not assignable/s },
  { use: `readonly key: CeilingKey = 'nodes_per_workflow';`, refusal: null },
  { use: `readonly key: CeilingKey = 'executions';`, refusal: /"executions".* is not assignable/s },
  { use: `readonly key: FlagKey = 'white_label';`, refusal: null },
  { use: `readonly key: FlagKey = 'executions';`, refusal: /"executions".* is not assignable/s },
];

const catalogWith = (feature: string): string =>
  `readonly catalog = defineCatalog({
    defaultPlan: 'free', plans: { free: { name: 'Free', rank: 0 } }, features: { thing: ${feature} } });`;

/** Catalogs as they stand in a file. */
export const plantedCatalogs: readonly PlantedKey[] = [
  { use: catalogWith(`{ name: 'Thing', kind: 'flag', allowances: { free: true } }`), refusal: null },
  {
    use: catalogWith(`{ name: 'Thing', kind: 'flog', allowances: {} }`),
    refusal: /"flog".* is not assignable/s,
  },
  { use: catalogWith(`{ name: 'Thing', kind: 'flag', enabeld: false, allowances: {} }`), refusal: /enabeld/ },
  { use: catalogWith(`{ name: 'Thing', kind: 'flag', allowances: { fre: true } }`), refusal: /'fre'/ },
];

/** A whole source around one use. */
export const sourceAround = (use: string): string => `
import {
  type Caller, type CeilingKey, defineCatalog, EntitlementsService, type FlagKey, type QuotaKey, RequiresFeature, WithinCapacity,
} from '@tollgate/entitlements';
declare const caller: Caller;
export class Planted {
  constructor(readonly entitlements: EntitlementsService) {}
  ${use}
}
`;
