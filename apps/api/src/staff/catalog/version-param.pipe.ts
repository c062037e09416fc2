import { Injectable, type PipeTransform } from '@nestjs/common';
import { NotFoundError } from '@tollgate/kernel';

const NUMBER = /^[1-9]\d{0,8}$/;

/** The number of a catalog version in a path; what cannot be one answers like one that does not exist. */
@Injectable()
export class VersionParam implements PipeTransform<string, number> {
  /** @throws NotFoundError when it is no number of a version */
  transform(value: string): number {
    if (!NUMBER.test(value)) throw new NotFoundError('Catalog version');
    return Number(value);
  }
}
