import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';
import type { CommandVerb } from './command-call.js';
import type { CommandState, ProviderCommand } from './provider-command.js';

const COLUMNS = `id, owner_id as "ownerId", provider, subscription_id as "subscriptionId", revision, call, state,
  outcome, created_at as "createdAt", attempted_at as "attemptedAt", finished_at as "finishedAt"`;

/** The rows of the outbox. */
@Injectable()
export class ProviderCommandsStore {
  /** Writes a new command with the next revision of its subscription; the owner row must be locked. */
  async insert(
    tx: Transaction,
    command: Pick<ProviderCommand, 'id' | 'ownerId' | 'provider' | 'subscriptionId' | 'call' | 'createdAt'>,
  ): Promise<ProviderCommand> {
    const rows = await tx.query<ProviderCommand[]>(
      `insert into provider_command (id, owner_id, provider, subscription_id, revision, call, state, created_at)
       select $1, $2, $3, $4, coalesce(max(revision), 0) + 1, $5, 'pending', $6
       from provider_command where provider = $3 and subscription_id = $4
       returning ${COLUMNS}`,
      [
        command.id,
        command.ownerId,
        command.provider,
        command.subscriptionId,
        JSON.stringify(command.call),
        command.createdAt,
      ],
    );
    const [inserted] = rows;
    if (!inserted) throw new Error('a command that was inserted gave no row');
    return inserted;
  }

  /**
   * Ends waiting commands of these verbs as superseded, with the pending changes that they carried, and answers them. One
   * that was sent already keeps waiting for its outcome; a worker that takes one at the same time is waited for.
   */
  async supersede(
    tx: Transaction,
    provider: ProviderName,
    subscriptionId: string,
    verbs: readonly CommandVerb[],
    at: Date,
  ): Promise<ProviderCommand[]> {
    return tx.query<ProviderCommand[]>(
      `with ended as (
         update provider_command set state = 'superseded', finished_at = $4
         where provider = $1 and subscription_id = $2 and state = 'pending' and attempted_at is null
           and call->>'verb' = any($3)
         returning ${COLUMNS}), carried as (
         update plan_change set state = 'superseded', ended_at = $4
         where state = 'sent' and command_id in (select id from ended))
       select * from ended order by revision`,
      [provider, subscriptionId, verbs, at],
    );
  }

  /** The waiting commands of a subscription, in the order in which they were given. */
  async pendingOf(
    reader: Transaction,
    provider: ProviderName,
    subscriptionId: string,
  ): Promise<ProviderCommand[]> {
    return reader.query<ProviderCommand[]>(
      `select ${COLUMNS} from provider_command
       where provider = $1 and subscription_id = $2 and state = 'pending' order by revision`,
      [provider, subscriptionId],
    );
  }

  /** The command of these verbs that a provider took last; null when it never took one. */
  async lastDone(
    reader: Transaction,
    provider: ProviderName,
    subscriptionId: string,
    verbs: readonly CommandVerb[],
  ): Promise<ProviderCommand | null> {
    const [row] = await reader.query<ProviderCommand[]>(
      `select ${COLUMNS} from provider_command
       where provider = $1 and subscription_id = $2 and state = 'done' and call->>'verb' = any($3)
       order by revision desc limit 1`,
      [provider, subscriptionId, verbs],
    );
    return row ?? null;
  }

  /**
   * Whether a change that is charged with the next invoice is on its way, or has finished since `since`. Of one that did not
   * come through a first half may stand: then the price it asked for is the one that holds. What was kept for the end of a
   * period only gives back.
   */
  async leftForNextInvoice(
    reader: Transaction,
    provider: ProviderName,
    subscriptionId: string,
    since: Date,
  ): Promise<boolean> {
    const rows = await reader.query<unknown[]>(
      `select 1 from provider_command c
       where provider = $1 and subscription_id = $2
         and call->>'when' = 'now' and call->>'proration' = 'next_invoice'
         and not exists (select from plan_change where command_id = c.id)
         and (state = 'pending' or state <> 'superseded' and finished_at >= $3
           and (state = 'done' or call->>'priceRef' =
             (select price_ref from provider_subscription p where p.provider = $1 and p.id = $2)))
       limit 1`,
      [provider, subscriptionId, since],
    );
    return rows.length > 0;
  }

  /**
   * Ids of the owner's subscriptions that are about to be cancelled by a command of ours: it waits, or what it did was not
   * fetched yet.
   */
  async aboutToBeCancelled(reader: Transaction, ownerId: string): Promise<string[]> {
    const rows = await reader.query<{ id: string }[]>(
      `select c.subscription_id as id from provider_command c
       join provider_subscription p on p.provider = c.provider and p.id = c.subscription_id
       where c.owner_id = $1 and c.call->>'verb' = 'schedule_cancel'
         and (c.state = 'pending' or c.state = 'done' and c.finished_at >= p.fetched_at)`,
      [ownerId],
    );
    return rows.map(({ id }) => id);
  }

  /** Subscriptions with commands that wait, for whatever lost its work. */
  async subscriptionsWaiting(
    reader: Transaction,
    limit: number,
  ): Promise<{ provider: ProviderName; subscriptionId: string }[]> {
    return reader.query(
      `select distinct provider, subscription_id as "subscriptionId" from provider_command
       where state = 'pending' limit $1`,
      [limit],
    );
  }

  /** Says that a command is about to be sent, once; false when it is not to be sent any more. */
  async markAttempted(tx: Transaction, id: string, at: Date): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>(
      `update provider_command set attempted_at = coalesce(attempted_at, $2) where id = $1 and state = 'pending'`,
      [id, at],
    );
    return count > 0;
  }

  /** Writes the outcome of a waiting command. */
  async finish(
    tx: Transaction,
    id: string,
    state: Exclude<CommandState, 'pending'>,
    outcome: string | null,
    at: Date,
  ): Promise<void> {
    await tx.query(
      `update provider_command set state = $2, outcome = $3, finished_at = $4 where id = $1 and state = 'pending'`,
      [id, state, outcome, at],
    );
  }

  /** One command of an owner; null when this owner has none of that id. */
  async find(reader: Transaction, ownerId: string, id: string): Promise<ProviderCommand | null> {
    const [row] = await reader.query<ProviderCommand[]>(
      `select ${COLUMNS} from provider_command where id = $1 and owner_id = $2`,
      [id, ownerId],
    );
    return row ?? null;
  }

  /** The latest commands of an owner, newest first. */
  async ofOwner(reader: Transaction, ownerId: string, limit: number): Promise<ProviderCommand[]> {
    return reader.query<ProviderCommand[]>(
      `select ${COLUMNS} from provider_command where owner_id = $1 order by created_at desc, id desc limit $2`,
      [ownerId, limit],
    );
  }
}
