import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ProviderOptions, SandboxOptions, Sellable } from './options.js';

const sellableSchema: z.ZodType<Sellable> = z.strictObject({
  key: z.string().min(1),
  name: z.string().min(1),
  description: z.string().min(1).optional(),
  plan: z.string().min(1),
  amount: z.int().min(0),
  currency: z.string().length(3).lowercase(),
  interval: z.enum(['month', 'year']),
  perSeat: z.boolean(),
  trialDays: z.int().min(0).optional(),
  polarProductId: z.string().min(1),
  stripeProductId: z.string().min(1),
  stripePriceId: z.string().min(1),
  taxCode: z.string().nullable().optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

const secret = z.string().min(1);
const environmentSchema = z.object({
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  SANDBOX_CONTROL_TOKEN: secret,
  SANDBOX_POLAR_ACCESS_TOKEN: secret,
  SANDBOX_POLAR_WEBHOOK_SECRET: secret,
  SANDBOX_STRIPE_SECRET_KEY: secret,
  SANDBOX_STRIPE_WEBHOOK_SECRET: secret,
  SANDBOX_WEBHOOK_URL_POLAR: z.url().optional(),
  SANDBOX_WEBHOOK_URL_STRIPE: z.url().optional(),
  SANDBOX_STATE_FILE: z.string().min(1).optional(),
  SANDBOX_CATALOG_FILE: z.string().min(1),
});

/** Reads the environment once. @throws Error with one line per problem. */
export function readEnvironment(environment: Record<string, string | undefined>): {
  port: number;
  options: SandboxOptions;
} {
  const result = environmentSchema.safeParse(environment);
  if (!result.success) throw new Error(`The sandbox is not configured:\n${z.prettifyError(result.error)}`);
  const given = result.data;
  return {
    port: given.SANDBOX_PORT,
    options: {
      controlToken: given.SANDBOX_CONTROL_TOKEN,
      polar: provider(
        given.SANDBOX_POLAR_ACCESS_TOKEN,
        given.SANDBOX_POLAR_WEBHOOK_SECRET,
        given.SANDBOX_WEBHOOK_URL_POLAR,
      ),
      stripe: provider(
        given.SANDBOX_STRIPE_SECRET_KEY,
        given.SANDBOX_STRIPE_WEBHOOK_SECRET,
        given.SANDBOX_WEBHOOK_URL_STRIPE,
      ),
      catalog: readCatalog(given.SANDBOX_CATALOG_FILE),
      ...(given.SANDBOX_STATE_FILE === undefined ? {} : { stateFile: given.SANDBOX_STATE_FILE }),
    },
  };
}

function provider(apiKey: string, webhookSecret: string, webhookUrl: string | undefined): ProviderOptions {
  return { apiKey, webhookSecret, ...(webhookUrl === undefined ? {} : { webhookUrl }) };
}

function readCatalog(path: string): Sellable[] {
  const result = z.array(sellableSchema).safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!result.success)
    throw new Error(`The catalog file ${path} cannot be used:\n${z.prettifyError(result.error)}`);
  return result.data;
}
