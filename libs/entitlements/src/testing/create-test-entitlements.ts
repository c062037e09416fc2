import { HttpAdapterHost } from '@nestjs/core';
import { SystemClock } from '@tollgate/kernel';
import type { UsageMeter } from '@tollgate/usage';
import type { Callers } from '../access/callers.service.js';
import type { DecisionMaker } from '../decisions/decision-maker.service.js';
import { LimitedDecisions } from '../decisions/limited-decisions.service.js';
import type { Standings } from '../decisions/standings.service.js';
import { EntitlementsService } from '../entitlements.service.js';
import { Checks } from '../gates/checks.service.js';
import { Consumption } from '../gates/consumption.service.js';
import { DecisionLog } from '../gates/decision-log.service.js';
import { Denials } from '../gates/denials.service.js';
import { FeatureGate } from '../gates/feature-gate.service.js';
import { MeterGate } from '../gates/meter-gate.service.js';
import { RateGate } from '../gates/rate-gate.service.js';
import { MemoryRateStore } from '../rates/memory-rate-store.js';
import { DEFAULT_CALLERS, testCallers } from './test-callers.js';
import { testDecisionMaker } from './test-decision-maker.js';
import type { TestCall, TestControls, TestEntitlements } from './test-entitlements.js';
import { TestFeatures } from './test-features.js';
import { testMeter } from './test-meter.js';
import type { TestOverrides } from './test-override.js';
import { testStandings } from './test-standings.js';

/** What a fake hides from the test that holds it, and shares with the guards. */
export interface Innards {
  readonly features: TestFeatures;
  readonly meter: UsageMeter;
  readonly note: (call: TestCall) => void;
}

const innards = new WeakMap<object, Innards>();

/** What is behind a fake; undefined for everything else. */
export const innardsOf = (fake: object): Innards | undefined => innards.get(fake);

/** How the fake words its exceptions. */
export const TEST_DENIALS = { upgradeUrl: '/pricing', compatDenialBody: false };

/**
 * A fake of `EntitlementsService`: everybody holds the plan `pro` and everything is allowed with limit 100, used 50,
 * remaining 50, unless an override of the feature says otherwise. It needs no test runner and no database; it
 * records what it was asked in `calls`.
 *
 * @throws RangeError an override's limit or count is not a whole number
 * @example
 * const entitlements = createTestEntitlements({ export: false, executions: { limit: 10, used: 10 } });
 * await expect(new ExportsService(entitlements).start(caller)).rejects.toThrow('export: plan_required');
 */
export function createTestEntitlements(overrides: TestOverrides = {}): TestEntitlements {
  const features = new TestFeatures(overrides);
  // The real classes have private fields, which no object but their own can have by type.
  const meter = testMeter(features) as UsageMeter;
  const calls: TestCall[] = [];
  const note = (call: TestCall): void => void calls.push(call);
  const controls: TestControls = {
    calls,
    set: (feature, override) => features.set(feature, override),
    clearCalls: () => void calls.splice(0),
  };
  const fake = { ...recorded(serviceOver(features, meter), note), ...controls } as TestEntitlements;
  innards.set(fake, { features, meter, note });
  return fake;
}

/** The real service over what the test says: words, statuses and arithmetic are those of production. */
function serviceOver(features: TestFeatures, meter: UsageMeter): EntitlementsService {
  const clock = new SystemClock();
  const callers = testCallers(DEFAULT_CALLERS) as Callers;
  const decisions = testDecisionMaker(features, () => undefined) as DecisionMaker;
  const limited = new LimitedDecisions(decisions, testStandings(features) as Standings);
  const rates = new RateGate(new MemoryRateStore(), clock);
  const log = new DecisionLog(TEST_DENIALS, clock);
  const gate = new FeatureGate(decisions, rates, log);
  return new EntitlementsService(
    callers,
    new Checks(decisions, limited, rates, gate, log),
    new MeterGate(decisions, gate, new Consumption(decisions, meter, clock), log),
    new Denials(new HttpAdapterHost(), TEST_DENIALS),
  );
}

/** The methods about one caller and one feature, each telling what it was asked. */
const ASKING = ['check', 'require', 'consume', 'reserve', 'canAccess', 'getLimit', 'checkUsage'] as const;

/** Those about several features, each of which is told of. */
const TOGETHER = [
  ['consumeAll', 'consume'],
  ['reserveAll', 'reserve'],
] as const;

type Method = (...parameters: unknown[]) => unknown;

/** Its methods may be taken off it, as spies of test runners do. */
function recorded(service: EntitlementsService, note: Innards['note']): object {
  const methods = service as unknown as Record<string, Method>;
  const names = Object.getOwnPropertyNames(EntitlementsService.prototype).filter(
    (name) => name !== 'constructor',
  );
  const bound = Object.fromEntries(names.map((name) => [name, methods[name]?.bind(service)]));
  const asking = ASKING.map((method) => [
    method,
    (caller: { readonly ownerId: string }, feature: string, ...rest: unknown[]) => {
      note({ method, feature, ownerId: caller.ownerId });
      return bound[method]?.(caller, feature, ...rest);
    },
  ]);
  const together = TOGETHER.map(([name, method]) => [
    name,
    (
      caller: { readonly ownerId: string },
      units: readonly { readonly feature: string }[],
      ...rest: unknown[]
    ) => {
      for (const { feature } of units) note({ method, feature, ownerId: caller.ownerId });
      return bound[name]?.(caller, units, ...rest);
    },
  ]);
  const snapshot = (caller: { readonly ownerId: string }): unknown => {
    note({ method: 'snapshot', feature: null, ownerId: caller.ownerId });
    return bound['snapshot']?.(caller);
  };
  return { ...bound, ...Object.fromEntries([...asking, ...together]), snapshot };
}
