import { UNLIMITED } from '@tollgate/usage';
import type { Feature } from '../catalog/catalog.js';
import type { Decision } from '../decisions/decision.js';
import { denialMessage } from '../decisions/denial-message.js';
import type { Granting } from '../decisions/verdict.js';
import { denialIn, limitIn, type TestLimit, type TestOverride, type TestOverrides } from './test-override.js';

/** The one feature whose refusal has a name of its own, which only a capacity speaks. */
const SEATS = 'seats';

/** The plan that everybody holds in a test. */
const PLAN = 'pro';

/** What a fake knows: the overrides, and how much is used of each feature. */
export class TestFeatures {
  private readonly overrides = new Map<string, TestOverride>();
  private readonly counts = new Map<string, bigint>();

  constructor(overrides: TestOverrides) {
    for (const [feature, override] of Object.entries(overrides)) this.set(feature, override);
  }

  /** The features that a test named. */
  get keys(): readonly string[] {
    return [...this.overrides.keys()];
  }

  /** @throws RangeError a limit or count is not a whole number, or negative and not -1 */
  set(feature: string, override: TestOverride): void {
    const limit = limitIn(override);
    for (const count of [limit.limit, limit.used ?? 0]) {
      if (!Number.isSafeInteger(count) || count < Number(UNLIMITED))
        throw new RangeError(`${feature}: ${count} is neither a whole number nor -1 (unlimited)`);
    }
    this.overrides.set(feature, override);
    this.counts.set(feature, BigInt(limit.used ?? 0));
  }

  /** The definition as far as a test gave it; `kind` unless the override says another. */
  feature(key: string, kind: TestLimit['kind'] = 'quota'): Feature {
    const { limit, kind: said = key === SEATS ? 'capacity' : kind, countedBy } = this.limit(key);
    return {
      key,
      name: key,
      kind: said,
      enabled: true,
      countedBy: countedBy ?? 'owner',
      window: said === 'quota' ? 'day' : null,
      rollout: null,
      rates: [],
      overLimit: 'block_new',
      failPolicy: { kind: 'closed' },
      chargeOn: 'success',
      allowances: new Map([[PLAN, { limit: BigInt(limit), overage: 'deny' }]]),
    };
  }

  limit(key: string): TestLimit {
    return limitIn(this.override(key));
  }

  isDenied(key: string): boolean {
    return denialIn(this.override(key)) !== null;
  }

  used(key: string): bigint {
    return this.counts.get(key) ?? BigInt(this.limit(key).used ?? 0);
  }

  /** Counts things that come and go; never below zero. */
  add(key: string, count: bigint): void {
    const sum = this.used(key) + count;
    this.counts.set(key, sum < 0n ? 0n : sum);
  }

  /** Layers three to five: what the test says. */
  decide(key: string, ownerId: string): Decision {
    const denial = denialIn(this.override(key));
    const about = { feature: key, ownerId, plan: PLAN };
    if (denial) return { allowed: false, ...about, message: denialMessage(denial.reason), ...denial };
    return { allowed: true, ...about, source: 'subscription', limit: this.limit(key).limit };
  }

  /** What the plan of a test gives of a feature that is not denied; `kind` unless the override says another. */
  granting(key: string, kind: TestLimit['kind']): Granting | null {
    if (this.isDenied(key)) return null;
    const feature = this.feature(key, kind);
    const allowance = feature.allowances.get(PLAN);
    if (!allowance) return null;
    const limit = this.limit(key).limit;
    return {
      granted: true,
      feature,
      allowance,
      plan: PLAN,
      source: 'subscription',
      limit,
      inGrace: false,
      rolloutLook: 'none',
    };
  }

  private override(key: string): TestOverride {
    return this.overrides.get(key) ?? true;
  }
}
