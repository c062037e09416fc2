import { describe, expect, it } from '@jest/globals';
import { detectPlan, type PlanKnowledge, type SoldItem } from './detect-plan.js';

const month = (plan: string, amount: bigint, currency = 'usd') =>
  ({ plan, amount, currency, interval: 'month' }) as const;
const KNOWLEDGE: PlanKnowledge = {
  plans: new Set(['free', 'pro', 'team', 'pro-plus']),
  mapped: new Map([
    ['price_1', 'pro'],
    ['price_1_legacy', 'pro'],
    ['prod_1', 'team'],
    ['price_gone', 'platinum'],
  ]),
  signatures: [month('pro', 9_900n), month('team', 3_000n), month('pro-plus', 3_000n), month('free', 0n)],
};
const item = (extra: Partial<SoldItem>): SoldItem => ({
  priceId: null,
  productId: null,
  productMetadata: {},
  slugs: [],
  signature: null,
  ...extra,
});
const detect = (sold: Partial<SoldItem>) => detectPlan(item(sold), KNOWLEDGE);

describe('detectPlan', () => {
  it.each<[string, Partial<SoldItem>, string, string]>([
    ['a mapped price', { priceId: 'price_1', productId: 'prod_1' }, 'pro', 'mapped_price'],
    ['SB-11 another price of the same plan', { priceId: 'price_1_legacy' }, 'pro', 'mapped_price'],
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
    ['FX-39 metadata tier', { productMetadata: { tier: 'pro' }, slugs: ['team'] }, 'pro', 'metadata'],
    ['FX-40 a slug', { slugs: ['fluxo-pro-monthly'], signature: month('', 3_000n) }, 'pro', 'slug'],
    ['FX-40 the name of a product', { slugs: ['Pro (yearly)'] }, 'pro', 'slug'],
    ['a lookup key', { slugs: ['team_yearly'] }, 'team', 'slug'],
    ['a longer key over one inside it', { slugs: ['fluxo pro plus'] }, 'pro-plus', 'slug'],
    ['two names for one plan', { slugs: ['pro_monthly', 'Pro'] }, 'pro', 'slug'],
    ['FX-41 an amount', { signature: month('', 9_900n) }, 'pro', 'amount'],
    [
      'an amount beside a meaningless name',
      { slugs: ['Basic'], signature: month('', 9_900n) },
      'pro',
      'amount',
    ],
  ])('finds by %s', (_, sold, plan, rule) => {
    expect(detect(sold)).toEqual({ plan, rule });
  });

  it.each<[string, Partial<SoldItem>, 'none' | 'ambiguous']>([
    ['a map entry of no plan of ours', { priceId: 'price_gone' }, 'none'],
    [
      'metadata of no plan of ours, whatever name and amount say',
      { productMetadata: { plan: 'platinum' }, slugs: ['pro'], signature: month('', 9_900n) },
      'none',
    ],
    ['a name with part of a word', { slugs: ['professional'] }, 'none'],
    ['FX-41 an amount of two plans', { signature: month('', 3_000n) }, 'ambiguous'],
    ['an amount of another currency', { signature: month('', 9_900n, 'eur') }, 'none'],
    ['an amount by another interval', { signature: { ...month('', 9_900n), interval: 'year' } }, 'none'],
    ['nothing to pay', { signature: month('', 0n) }, 'none'],
    ['two names for two plans', { slugs: ['pro', 'team'], signature: month('', 9_900n) }, 'ambiguous'],
    ['nothing at all', {}, 'none'],
  ])('FX-41 does not guess from %s', (_, sold, why) => {
    expect(detect(sold)).toEqual({ plan: null, why });
  });
});
