import { z } from 'zod';
import { USAGE_DEFAULTS } from '@tollgate/usage';
import { days, flag, optional, secret } from './variables.js';

const originList = z
  .string()
  .optional()
  .transform(
    (text) =>
      text
        ?.split(',')
        .map((one) => one.trim())
        .filter(Boolean) ?? [],
  )
  .refine(
    (origins) => origins.every((one) => URL.canParse(one) && new URL(one).origin === one),
    'must list origins such as https://app.example, separated by commas',
  );

/** What Stripe sells plans as, unless said otherwise; Managed Payments take codes of digital products only. */
const SOFTWARE_AS_A_SERVICE = 'txcd_10103001';

/** Every environment variable that the application reads, beside those of its payment providers; others are ignored. */
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
  /** A provider's name, or `none`; absent for the first one that there is. */
  PAYMENT_PROVIDER: optional,
  CATALOG_TAX_CODE: optional.transform((code) => code ?? SOFTWARE_AS_A_SERVICE),
  BILLING_CURRENCY: z
    .string()
    .regex(/^[a-z]{3}$/, 'must be an ISO 4217 code in lower case')
    .default('usd'),
  BILLING_TRIAL_DAYS: z.coerce.number().int().min(0).max(730).default(0),
  BILLING_PRORATION: z.enum(['invoice_now', 'next_invoice']).default('next_invoice'),
  BILLING_SILENCE_HOURS: z.coerce.number().int().min(0).max(8760).default(72),
  BILLING_RETURN_ORIGINS: originList,
  TOLLGATE_JWT_SECRET: secret,
  TOLLGATE_JWKS_URL: optional,
  TOLLGATE_JWT_ISSUER: z.string().default('tollgate'),
  TOLLGATE_JWT_AUDIENCE: z.string().default('tollgate'),
  COMPAT_DENIAL_BODY: flag(false),
  TOLLGATE_CACHE_TTL_SECONDS: z.coerce.number().int().min(60).max(300).default(60),
  TOLLGATE_USAGE_HOURLY_DAYS: days(USAGE_DEFAULTS.hourlyDays),
  TOLLGATE_USAGE_DAILY_DAYS: days(USAGE_DEFAULTS.dailyDays),
  TOLLGATE_DECISION_LOG: z.enum(['off', 'denied', 'all']).default('off'),
  TOLLGATE_TEST_CLOCK: flag(false),
  TOLLGATE_CONTROL_TOKEN: secret,
  TOLLGATE_SANDBOX_URL: optional,
});

/** The variables after parsing, by their own names. */
export type Environment = z.infer<typeof environmentSchema>;
