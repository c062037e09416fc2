import { z } from 'zod';

/** Most owners, and most features, of one batch. */
const MOST_IN_BATCH = 100;

const id = z.string().min(1).max(200);

/** Longer than any key of a catalog; what no catalog has is answered as `feature_unknown`, not refused. */
const feature = z.string().min(1).max(200);

const organization = id.meta({
  description: 'Id of an organization; the header Tollgate-Organization says the same',
});

/** For whom: a user, an organization, a user in an organization, or a billing owner by its own id. */
const named = {
  user: id.optional().meta({ description: 'Id of a user of the host application' }),
  organization: organization.optional(),
  owner: id.optional().meta({ description: 'Id of a billing owner, instead of user and organization' }),
};

const ownerAlone = (
  { user, organization: place, owner }: { user?: string; organization?: string; owner?: string },
  context: z.RefinementCtx,
): void => {
  if (owner === undefined || (user === undefined && place === undefined)) return;
  context.addIssue({
    code: 'custom',
    path: ['owner'],
    message: 'Names an owner beside a user or organization',
  });
};

/** For whom a check is made; nothing at all means the caller. */
const subjectSchema = z.strictObject(named).superRefine(ownerAlone);

/** See {@link subjectSchema}. */
export type Subject = z.output<typeof subjectSchema>;

const quantity = z.int().min(1).default(1).meta({
  description:
    'Units of a quota, places of a capacity, or the size of one thing under a ceiling; at most 2^53 - 1',
});

export const checkSchema = z
  .strictObject({
    feature,
    quantity,
    ...named,
    consume: z
      .boolean()
      .default(false)
      .meta({ description: 'Counts the units of a quota, and spends its rates, if the answer is yes' }),
    idempotencyKey: z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/, 'Takes 1 to 255 printable ASCII characters without spaces')
      .refine((key) => !key.startsWith('job:'), 'Does not begin with "job:", as the keys of jobs do')
      .optional()
      .meta({
        description: 'With `consume`: the same key counts once; a repetition is answered with `replayed`',
      }),
    trace: z
      .boolean()
      .default(false)
      .meta({ description: 'All seven layers, for service keys and staff; for nobody else' }),
  })
  .superRefine(ownerAlone)
  .superRefine(({ consume, idempotencyKey, trace }, context) => {
    if (idempotencyKey !== undefined && !consume)
      context.addIssue({
        code: 'custom',
        path: ['idempotencyKey'],
        message: 'Means nothing without consume',
      });
    if (trace && consume)
      context.addIssue({ code: 'custom', path: ['trace'], message: 'Is for questions, not for consuming' });
  });

/** See {@link checkSchema}. */
export type CheckRequest = z.output<typeof checkSchema>;

/** What staff ask: for somebody, always, and never counting. */
export const staffCheckSchema = z
  .strictObject({ feature, quantity, ...named })
  .superRefine(ownerAlone)
  .superRefine(({ user, organization: place, owner }, context) => {
    if (user !== undefined || place !== undefined || owner !== undefined) return;
    context.addIssue({ code: 'custom', path: ['user'], message: 'Name a user, an organization or an owner' });
  });

/** See {@link staffCheckSchema}. */
export type StaffCheckRequest = z.output<typeof staffCheckSchema>;

export const batchSchema = z.strictObject({
  features: z.array(feature).min(1).max(MOST_IN_BATCH),
  subjects: z
    .array(subjectSchema)
    .min(1)
    .max(MOST_IN_BATCH)
    .default([{}])
    .meta({ description: 'For whom; the caller when left out' }),
});

/** See {@link batchSchema}. */
export type BatchRequest = z.output<typeof batchSchema>;
