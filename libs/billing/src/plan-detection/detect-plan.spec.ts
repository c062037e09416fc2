import { describe, expect, it } from '@jest/globals';
import { detectPlan, type SoldItem } from './detect-plan.js';

const PLANS = new Set(['free', 'pro', 'team']);
const MAP = new Map([
  ['price_1', 'pro'],
  ['prod_1', 'team'],
  ['price_gone', 'platinum'],
]);
const item = (extra: Partial<SoldItem>): SoldItem => ({
  priceId: null,
  productId: null,
  productMetadata: {},
  ...extra,
});

describe('detectPlan', () => {
  it.each<[string, Partial<SoldItem>, string | null, string | null]>([
    ['a mapped price', { priceId: 'price_1', productId: 'prod_1' }, 'pro', 'mapped_price'],
    ['a mapped product', { priceId: 'price_2', productId: 'prod_1' }, 'team', 'mapped_product'],
    [
      'a mapped price over metadata',
      { priceId: 'price_1', productMetadata: { plan: 'team' } },
      'pro',
      'mapped_price',
    ],
    ['metadata plan', { productMetadata: { plan: 'pro', tier: 'team' } }, 'pro', 'metadata'],
    [
      'metadata internal_plan_id with its prefix',
      { productMetadata: { internal_plan_id: 'plan_pro' } },
      'pro',
      'metadata',
    ],
    [
      'metadata internal_plan_id without it',
      { productMetadata: { internal_plan_id: 'team' } },
      'team',
      'metadata',
    ],
    ['metadata tier', { productMetadata: { tier: 'pro' } }, 'pro', 'metadata'],
    ['a map entry of no plan of ours', { priceId: 'price_gone' }, null, null],
    ['metadata of no plan of ours', { productMetadata: { plan: 'platinum' } }, null, null],
    ['nothing at all', {}, null, null],
  ])('%s', (_, sold, plan, rule) => {
    expect(detectPlan(item(sold), MAP, PLANS)).toEqual(plan && { plan, rule });
  });
});
