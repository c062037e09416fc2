import type { PipeTransform } from '@nestjs/common';
import { isUuid, NotFoundError } from '@tollgate/kernel';

/**
 * An id in a path, in lower case. What is no UUID names nothing, so it answers exactly like an absent id.
 *
 * @example \@Param('id', new UuidParam('API key')) id: string
 * @throws NotFoundError
 */
export class UuidParam implements PipeTransform<string, string> {
  constructor(private readonly what: string) {}

  transform(value: string): string {
    if (!isUuid(value)) throw new NotFoundError(this.what);
    return value.toLowerCase();
  }
}
