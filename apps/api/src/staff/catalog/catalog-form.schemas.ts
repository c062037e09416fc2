import { z } from 'zod';
import type { CatalogForm } from '@tollgate/entitlements';

const MOST_PLANS = 100;
const MOST_FEATURES = 1_000;
const MOST_RATES = 20;
const MOST_IDS = 10_000;

const key = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,62}$/, 'A key is lower case, digits, _ and -, and begins with a letter');
const name = z.string().trim().min(1).max(200);
const percent = z.number().min(0).max(100);

/** At most so many keys, each a key of the catalog. */
const keyed = <Value extends z.ZodType>(value: Value, most: number) =>
  z.record(key, value).refine((record) => Object.keys(record).length <= most, `At most ${most} keys`);

const planSchema = z.strictObject({
  name,
  rank: z.int().min(-1_000_000).max(1_000_000).meta({ description: 'Higher includes more; unique' }),
  graceDays: z.int().min(0).max(365).optional(),
  perSeat: z.boolean().optional(),
});

/** A limit as it is written: a whole number, beyond 2^53 its text; -1 is unlimited. */
export const limitSchema = z
  .union([
    z.int().min(-1),
    z.string().regex(/^(-1|0|[1-9]\d{0,18})$/, 'A limit as text is a decimal number up to 2^63-1'),
  ])
  .meta({ description: '-1 is unlimited; beyond 2^53 as decimal text, up to 2^63-1' });

const allowanceSchema = z.union([
  z.literal(true),
  limitSchema,
  z.strictObject({ limit: limitSchema, overage: z.enum(['deny', 'allow']) }),
]);

const ids = z.array(z.string().min(1).max(200)).max(MOST_IDS).optional();
const subjectLists = z.strictObject({ owners: ids, organizations: ids, users: ids });

const rolloutSchema = z
  .strictObject({
    percent: percent.optional(),
    percentByPlan: keyed(percent, MOST_PLANS).optional(),
    subject: z.enum(['owner', 'organization', 'user']).optional(),
    include: subjectLists.optional(),
    exclude: subjectLists.optional(),
  })
  .meta({
    description: 'Left out: everybody who may have the feature has it. Without a percent it starts at 0',
  });

const rateSchema = z.strictObject({
  limit: z.int().min(0),
  perSeconds: z.int().min(1).max(3_600),
  by: z.enum(['owner', 'organization', 'user', 'api_key']),
});

const failPolicySchema = z
  .union([z.literal('closed'), z.strictObject({ lastKnownSeconds: z.int().min(1).max(300) })])
  .meta({
    description: 'What is answered while the database is down; default 300 s for flags, closed for the rest',
  });

const featureSchema = z.strictObject({
  name,
  kind: z.enum(['flag', 'quota', 'capacity', 'ceiling']),
  enabled: z.boolean().optional().meta({ description: 'False is the kill switch' }),
  countedBy: z.enum(['owner', 'organization']).optional(),
  window: z.enum(['hour', 'day', 'month', 'billing_period']).optional(),
  chargeOn: z.enum(['success', 'attempt']).optional(),
  rollout: rolloutSchema.optional(),
  rates: z.array(rateSchema).max(MOST_RATES).optional(),
  overLimit: z.enum(['block_new', 'freeze_newest']).optional().meta({
    description:
      'After a downgrade; `freeze_newest` is stored, but nothing freezes yet: it means `block_new`',
  }),
  failPolicy: failPolicySchema.optional(),
  allowances: keyed(allowanceSchema, MOST_PLANS).meta({
    description: 'By plan; a plan that is not named does not include the feature',
  }),
});

/** The shape of a whole catalog, to the last key; what its parts mean to each other is read by entitlements. */
export const catalogFormSchema: z.ZodType<CatalogForm> = z
  .strictObject({
    defaultPlan: key,
    plans: keyed(planSchema, MOST_PLANS),
    features: keyed(featureSchema, MOST_FEATURES),
  })
  .meta({
    examples: [
      {
        defaultPlan: 'free',
        plans: { free: { name: 'Free', rank: 0 }, pro: { name: 'Pro', rank: 10, graceDays: 7 } },
        features: {
          export: {
            name: 'Export',
            kind: 'quota',
            window: 'day',
            rollout: { percent: 10 },
            rates: [{ limit: 5, perSeconds: 60, by: 'user' }],
            allowances: { pro: { limit: 50, overage: 'allow' } },
          },
        },
      },
    ],
  });
