import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/** Who may come to a route without a principal; read by the principal guard. */
export type Openness = 'public' | 'own_credentials';

/** Metadata key of {@link Openness}. */
export const OPENNESS = 'tollgate:openness';

/**
 * Opens a route (or all routes of a controller) to callers without credentials. Credentials that are sent are
 * still checked: wrong ones are refused here as everywhere.
 *
 * @example \@Public() @Get('pricing')
 */
export function Public(): CustomDecorator {
  return SetMetadata(OPENNESS, 'public' satisfies Openness);
}

/**
 * For a route that proves its caller by other means (a signature, a control token, the body): the principal
 * guard does not look at the Authorization header at all.
 *
 * @example \@ChecksItsOwnCredentials() @Post('webhooks/payment')
 */
export function ChecksItsOwnCredentials(): CustomDecorator {
  return SetMetadata(OPENNESS, 'own_credentials' satisfies Openness);
}
