import { z } from 'zod';

/** A provider's name as a caller may write it; whether it is configured is the registry's to say. */
export const providerName = z.string().regex(/^[a-z][\w-]{0,63}$/);

/** A provider's own id of something. */
export const providerId = z.string().regex(/^[\w-]{1,255}$/);
