import type { z } from 'zod';
import type { PaymentProvider, ProviderName } from '@tollgate/billing';
import { readVariables, type Variables } from '../config/variables.js';

/** Which variables of the environment every provider has; one of them being set configures it. */
export interface ProviderVariables {
  readonly key: string;
  readonly webhookSecrets: string;
  /** How the names of the variables begin that hold the provider's ids of our plans. */
  readonly planIds: string;
}

/** What every adapter is made of. */
export interface ProviderAccess {
  readonly key: string;
  readonly webhookSecrets: readonly string[];
  /** The provider's ids of our plans, as far as the environment names them. */
  readonly planIds: readonly string[];
}

/** What the environment says of a provider beyond its access, and how the adapter is made of both. */
export interface ProviderSettings {
  /** By the names of the variables. */
  readonly own: Readonly<Record<string, unknown>>;
  readonly create: (access: ProviderAccess) => PaymentProvider;
}

/** A payment provider that can be configured. Nothing outside of it knows what the provider is called. */
export interface ProviderKind {
  /** As stored in rows, and as `PAYMENT_PROVIDER` names it. */
  readonly name: ProviderName;
  /** The header of a delivery that holds its signature, in lower case. */
  readonly signatureHeader: string;
  readonly variables: ProviderVariables;
  /** What is wrong is added to `problems`, by the variable's name, and answers null. */
  read(variables: Variables, problems: string[]): ProviderSettings | null;
}

interface Definition<Own extends z.ZodRawShape> extends Omit<ProviderKind, 'read'> {
  /** Variables beside the key, the secrets and the ids. */
  readonly own: z.ZodObject<Own>;
  readonly create: (access: ProviderAccess, own: z.output<z.ZodObject<Own>>) => PaymentProvider;
}

/** Makes a kind of its variables and its adapter. */
export function defineProvider<Own extends z.ZodRawShape>({
  own: schema,
  create,
  ...kind
}: Definition<Own>): ProviderKind {
  return {
    ...kind,
    read: (variables, problems) => {
      const own = readVariables(schema, variables, problems);
      return own && { own, create: (access) => create(access, own) };
    },
  };
}
