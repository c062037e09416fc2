import { z } from 'zod';
import { DENIAL_REASONS } from '../http/denial-examples.js';

const count = z
  .union([z.number().int(), z.string()])
  .meta({ description: 'An integer; as a decimal text beyond 2^53' });
const limit = z
  .union([z.number().int(), z.string()])
  .meta({ description: '-1 is unlimited; as a decimal text beyond 2^53' });
const instant = z.iso.datetime();
const trace = z
  .array(
    z.object({
      layer: z.enum(['principal', 'owner', 'feature', 'plan', 'rollout', 'rate', 'limit']),
      outcome: z.enum(['passed', 'refused', 'not_evaluated']),
    }),
  )
  .meta({ description: 'All seven layers in their order; on request, for service keys and staff' });
const staleness = {
  stale: z.boolean().optional().meta({ description: 'Answered from memory while the database is away' }),
  asOf: instant.optional().meta({ description: 'Up to when a stale answer is known to be true' }),
};

export const allowedView = z.object({
  allowed: z.literal(true),
  feature: z.string(),
  ownerId: z.string().meta({ description: 'Who pays' }),
  plan: z.string(),
  source: z.enum(['subscription', 'lifetime', 'staff', 'trial', 'default', 'override']),
  limit: limit.nullable().meta({ description: 'Null for flags only; -1 is unlimited' }),
  used: count.optional(),
  remaining: count.optional().meta({ description: 'Absent when unlimited' }),
  resetsAt: instant.optional(),
  inGrace: z.boolean().optional().meta({ description: 'A payment failed; access is kept for some days' }),
  replayed: z
    .boolean()
    .optional()
    .meta({ description: 'The same idempotency key had counted already; nothing was counted now' }),
  overage: z.boolean().optional().meta({ description: 'Beyond the limit, and paid apart' }),
  ...staleness,
  trace: trace.optional(),
});

export const deniedView = z.object({
  allowed: z.literal(false),
  feature: z.string(),
  ownerId: z.string().optional(),
  plan: z.string().optional(),
  reason: z.enum(DENIAL_REASONS),
  message: z.string(),
  requiredPlans: z.array(z.string()).optional().meta({ description: 'Lowest rank first' }),
  lapsed: z
    .enum(['payment_past_due', 'canceled', 'trial_ended', 'paused', 'expired'])
    .optional()
    .meta({ description: 'With `subscription_lapsed`: what became of the plan that would have allowed it' }),
  limit: limit.optional(),
  used: count.optional(),
  requested: count.optional(),
  resetsAt: instant.optional(),
  retryAfter: z.number().int().optional().meta({ description: 'Whole seconds' }),
  upgradeUrl: z.string().optional(),
  ...staleness,
  trace: trace.optional(),
});

export const decisionView = z.discriminatedUnion('allowed', [allowedView, deniedView]);

export const snapshotView = z.object({
  ownerId: z.string(),
  organizationId: z.string().nullable(),
  data: z.array(decisionView).meta({ description: 'Every feature of the catalog, by key' }),
});

export const batchView = z.object({
  data: z
    .array(
      z.object({
        subject: z.object({
          user: z.string().optional(),
          organization: z.string().optional(),
          owner: z.string().optional(),
        }),
        decisions: z.array(decisionView).meta({ description: 'In the order of the features asked for' }),
      }),
    )
    .meta({ description: 'In the order of the subjects asked for' }),
});
