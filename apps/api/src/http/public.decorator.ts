import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/** Metadata key read by the principal guard. */
export const IS_PUBLIC = 'tollgate:public';

/**
 * Opens a route (or all routes of a controller) to callers without credentials. Credentials that are sent are
 * still checked: wrong ones are refused here as everywhere.
 *
 * @example \@Public() @Get('pricing')
 */
export function Public(): CustomDecorator {
  return SetMetadata(IS_PUBLIC, true);
}
