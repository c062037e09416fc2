import { SetMetadata } from '@nestjs/common';

/** Metadata key that marks a handler as guarded, for the check at boot. */
export const GATED = 'tollgate:gated';

/** Marks a handler as guarded by one of our decorators. */
export const markGated = (): MethodDecorator => SetMetadata(GATED, true);
