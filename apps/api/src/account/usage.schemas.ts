import { z } from 'zod';

const text = z.string().min(1).max(200);

/** What of the usage is asked for; instants are widened to whole steps in UTC. */
export const usageQuerySchema = z.strictObject({
  feature: text.optional(),
  organization: z
    .union([z.uuid(), z.literal('personal')])
    .optional()
    .meta({
      description:
        'One organization of the owner, `personal` for the personal space; everything when left out',
    }),
  principal: text.optional().meta({ description: 'Who used it, as `user:<id>` or `api_key:<id>`' }),
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }).meta({ description: 'Exclusive' }),
  step: z.enum(['hour', 'day', 'month']).default('day'),
});

/** See {@link usageQuerySchema}. */
export type UsageQueryForm = z.output<typeof usageQuerySchema>;

/** Units of one step; a number while it is exact, text beyond 2^53. */
export const usageView = z.object({
  data: z.array(
    z.object({
      start: z.iso.datetime(),
      feature: z.string(),
      organizationId: z.string().nullable(),
      principal: z.string(),
      quantity: z.union([z.number().int(), z.string()]),
    }),
  ),
});
