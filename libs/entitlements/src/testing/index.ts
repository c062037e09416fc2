export { createTestEntitlements } from './create-test-entitlements.js';
export { EntitlementsTestingModule, type EntitlementsTestingOptions } from './entitlements-testing.module.js';
export type { TestCall, TestControls, TestEntitlements } from './test-entitlements.js';
export type { TestDenial, TestLimit, TestOverride, TestOverrides } from './test-override.js';
