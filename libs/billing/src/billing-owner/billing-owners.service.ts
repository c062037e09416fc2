import { Injectable } from '@nestjs/common';
import { Clock, IdGenerator, type Transaction } from '@tollgate/kernel';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';

/** The users who pay: our row for each, created with its one subscription. */
@Injectable()
export class BillingOwners {
  constructor(
    private readonly subscriptions: SubscriptionsStore,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /**
   * Makes a user a billing owner with a free subscription, in the transaction of the registration. Safe to
   * repeat: the owner that exists is answered.
   *
   * @returns the owner's id
   */
  async register(tx: Transaction, userId: string): Promise<string> {
    const [created] = await tx.query<{ id: string }[]>(
      `insert into billing_owner (id, user_id, created_at) values ($1, $2, $3)
       on conflict (user_id) do nothing returning id`,
      [this.ids.next(), userId, this.clock.now()],
    );
    if (created) {
      await this.subscriptions.insertFree(tx, created.id);
      return created.id;
    }
    const existing = await this.idOfUser(tx, userId);
    if (existing === null)
      throw new Error(`billing owner of user ${userId} vanished while it was registered`);
    return existing;
  }

  /** The owner id of a user; null for a user who was never registered. */
  async idOfUser(reader: Transaction, userId: string): Promise<string | null> {
    const [row] = await reader.query<{ id: string }[]>('select id from billing_owner where user_id = $1', [
      userId,
    ]);
    return row?.id ?? null;
  }

  /** The owner ids of users, by user id; users who were never registered are left out. */
  async idsOfUsers(reader: Transaction, userIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await reader.query<{ id: string; user_id: string }[]>(
      'select id, user_id from billing_owner where user_id = any($1)',
      [userIds],
    );
    return new Map(rows.map(({ id, user_id }) => [user_id, id]));
  }

  /** The user id of an owner; null when the owner does not exist. */
  async userOf(reader: Transaction, ownerId: string): Promise<string | null> {
    const [row] = await reader.query<{ user_id: string }[]>(
      'select user_id from billing_owner where id = $1',
      [ownerId],
    );
    return row?.user_id ?? null;
  }

  /** Locks the owner's row until the end of the transaction: the first lock of every change. False if absent. */
  async lock(tx: Transaction, ownerId: string): Promise<boolean> {
    const rows = await tx.query<unknown[]>('select 1 from billing_owner where id = $1 for update', [ownerId]);
    return rows.length > 0;
  }
}
