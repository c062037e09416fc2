import type { PipeTransform } from '@nestjs/common';
import { NotFoundError } from '@tollgate/kernel';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is spelled as a UUID, of any version. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

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
