import { z } from 'zod';

/** Environment variables as they come. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A text; an empty one counts as absent. */
export const optional = z
  .string()
  .trim()
  .optional()
  .transform((text) => text || undefined);

/** A secret, where an empty text is a mistake worth stopping for. */
export const secret = z
  .string()
  .refine((text) => text.trim() !== '', 'must not be empty')
  .optional();

/** Secrets separated by commas: several are good while one is rotated. */
export const secretList = secret.transform((text) =>
  text
    ?.split(',')
    .map((one) => one.trim())
    .filter(Boolean),
);

/** A switch. */
export const flag = (byDefault: boolean) =>
  z
    .enum(['0', '1', 'true', 'false', ''])
    .optional()
    .transform((text) => (text === undefined || text === '' ? byDefault : text === '1' || text === 'true'));

/** How many days something is kept. */
export const days = (byDefault: number) => z.coerce.number().int().min(1).max(36_500).default(byDefault);

/** Calls of one process to a provider; with several nodes, each gets its share of what the provider allows. */
export const callsPerMinute = (byDefault: number) => z.coerce.number().int().min(10).default(byDefault);

/** Reads variables by a schema; what is wrong is added to `problems`, by the variable's name, and answers null. */
export function readVariables<T>(schema: z.ZodType<T>, variables: Variables, problems: string[]): T | null {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  return null;
}

/** Reads one variable that must be there; when it is missing or wrong, `problems` gets a line and nothing is answered. */
export function need<T>(
  schema: z.ZodType<T>,
  variables: Variables,
  name: string,
  problems: string[],
): T | undefined {
  const parsed = schema.safeParse(variables[name]);
  if (!parsed.success) problems.push(...parsed.error.issues.map(({ message }) => `${name} ${message}`));
  else if (parsed.data === undefined) problems.push(`${name} is missing`);
  return parsed.data;
}
