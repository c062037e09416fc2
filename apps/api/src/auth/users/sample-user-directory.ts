import { Injectable } from '@nestjs/common';
import { UserDirectory } from '@tollgate/billing';
import { isUuid, TransactionRunner } from '@tollgate/kernel';
import { escapeLike } from './escape-like.js';
import type { AppUser } from './users.repository.js';

/**
 * Lets billing show names for the user ids it holds: the sample's users, looked up in its own table. Needs the
 * kernel only, so that an application can bind it wherever billing asks for the port.
 */
@Injectable()
export class SampleUserDirectory extends UserDirectory {
  constructor(private readonly transactions: TransactionRunner) {
    super();
  }

  /** Those of the ids that are users of ours; ids of an identity provider's users have no row here. */
  override async find(
    userIds: readonly string[],
  ): Promise<Map<string, { email: string; name: string | null }>> {
    const ours = userIds.filter((id) => isUuid(id));
    if (ours.length === 0) return new Map();
    const users = await this.transactions.reader.query<AppUser[]>(
      'select id, email, name from app_user where id = any($1::uuid[])',
      [ours],
    );
    return new Map(users.map(({ id, email, name }) => [id, { email, name }]));
  }

  /** Ids of users whose e-mail or name contains the text, in any case, at most `limit`. */
  override async search(text: string, limit: number): Promise<string[]> {
    const rows = await this.transactions.reader.query<{ id: string }[]>(
      `select id from app_user where email ilike $1 escape '\\' or name ilike $1 escape '\\' order by id limit $2`,
      [`%${escapeLike(text)}%`, limit],
    );
    return rows.map(({ id }) => id);
  }
}
