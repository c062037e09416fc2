export { createTestEntitlements } from './create-test-entitlements.js';
export { EntitlementsTestingModule, type EntitlementsTestingOptions } from './entitlements-testing.module.js';
export type {
  LimitQuestions,
  TestCall,
  TestControls,
  TestEntitlements,
  UsagePreview,
} from './test-entitlements.js';
export type { TestDenial, TestLimit, TestOverride, TestOverrides } from './test-override.js';
