import { z } from 'zod';

/** An e-mail address in the one spelling under which it is unique: NFKC, trimmed, lower case. */
export const emailSchema = z
  .string()
  .max(254)
  .normalize('NFKC')
  .trim()
  .toLowerCase()
  .pipe(z.email().max(254));

const LONGEST_NAME = 200;

/** A name to show: one line of NFKC text without control, invisible or direction-changing characters. */
export const nameSchema = z
  .string()
  .max(LONGEST_NAME)
  .normalize('NFKC')
  .trim()
  .min(1)
  // Again: one character may stand for up to eighteen once it is normalised.
  .max(LONGEST_NAME)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'May not hold control or invisible characters');

/** Long enough to be worth hashing, short enough that hashing stays cheap. */
export const passwordSchema = z.string().min(10).max(200);

export const registerSchema = z.strictObject({
  email: emailSchema,
  password: passwordSchema,
  name: nameSchema.optional(),
});

/** Signing in never says what a password must look like. */
export const credentialsSchema = z.strictObject({ email: emailSchema, password: z.string().min(1).max(200) });

export const refreshSchema = z.strictObject({ refreshToken: z.string().min(1).max(200) });

export const userView = z.object({
  id: z.string(),
  email: z.string().nullable(),
  name: z.string().nullable(),
});

export const signedInView = z.object({
  user: userView,
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.number().int().meta({ description: 'Seconds until the access token expires' }),
});

export const refreshedView = signedInView.omit({ user: true });

export type Registration = z.output<typeof registerSchema>;
export type Credentials = z.output<typeof credentialsSchema>;
export type UserView = z.infer<typeof userView>;
export type SignedInView = z.infer<typeof signedInView>;
export type RefreshedView = z.infer<typeof refreshedView>;
