import { z } from 'zod';

/** An empty variable counts as absent, except for secrets, where it is a mistake worth stopping for. */
const optional = z
  .string()
  .trim()
  .optional()
  .transform((text) => text || undefined);
const secret = z
  .string()
  .refine((text) => text.trim() !== '', 'must not be empty')
  .optional();
const secretList = secret.transform((text) =>
  text
    ?.split(',')
    .map((one) => one.trim())
    .filter(Boolean),
);
const flag = (byDefault: boolean) =>
  z
    .enum(['0', '1', 'true', 'false', ''])
    .optional()
    .transform((text) => (text === undefined || text === '' ? byDefault : text === '1' || text === 'true'));

const priceIds = Object.fromEntries(
  ['PRO', 'TEAM', 'ENTERPRISE'].flatMap((plan) =>
    ['MONTHLY', 'YEARLY'].flatMap((interval) => [
      [`POLAR_PRODUCT_ID_${plan}_${interval}`, optional],
      [`STRIPE_PRICE_ID_${plan}_${interval}`, optional],
    ]),
  ),
) as Record<`${'POLAR_PRODUCT_ID' | 'STRIPE_PRICE_ID'}_${string}`, typeof optional>;

/** Every environment variable that the application reads; anything else is ignored. */
export const environmentSchema = z.object({
  NODE_ENV: optional,
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: optional,
  APP_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATABASE_URL: z.url({
    protocol: /^postgres(ql)?$/,
    error: ({ input }) =>
      input === undefined ? 'is missing: a postgres:// URL' : 'must be a postgres:// URL',
  }),
  REDIS_URL: optional,
  PAYMENT_PROVIDER: z.enum(['polar', 'stripe', 'none']).default('polar'),
  POLAR_ACCESS_TOKEN: secret,
  POLAR_WEBHOOK_SECRET: secretList,
  POLAR_BASE_URL: optional,
  STRIPE_SECRET_KEY: secret,
  STRIPE_WEBHOOK_SECRET: secretList,
  STRIPE_BASE_URL: optional,
  STRIPE_MANAGED_PAYMENTS: flag(true),
  ...priceIds,
  TOLLGATE_JWT_SECRET: secret,
  TOLLGATE_JWKS_URL: optional,
  TOLLGATE_JWT_ISSUER: z.string().default('tollgate'),
  TOLLGATE_JWT_AUDIENCE: z.string().default('tollgate'),
  COMPAT_DENIAL_BODY: flag(false),
  TOLLGATE_TEST_CLOCK: flag(false),
  TOLLGATE_CONTROL_TOKEN: secret,
  TOLLGATE_SANDBOX_URL: optional,
});

/** The variables after parsing, by their own names. */
export type Environment = z.infer<typeof environmentSchema>;
