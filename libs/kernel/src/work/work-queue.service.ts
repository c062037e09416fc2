import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { notify } from '../database/notifications.service.js';
import type { Transaction } from '../database/transaction.js';
import { IdGenerator } from '../ids/id-generator.js';
import type { NewWork } from './work-item.js';

/** The notification that wakes runners. */
export const WORK_WAITING = 'work';

/** Where work is put: a row in the transaction that wants it, so that it exists exactly if the change does. */
@Injectable()
export class WorkQueue {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /**
   * Adds the work, or joins it to the item that already waits under the same kind and key. An item that is
   * being worked on right now is run once more afterwards.
   */
  async enqueue(tx: Transaction, work: NewWork): Promise<void> {
    await tx.query(
      `insert into work_item as w (id, kind, key, payload, next_attempt_at, created_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (kind, key) where state = 'pending' do update
       set payload = excluded.payload, revision = w.revision + 1,
           next_attempt_at = least(w.next_attempt_at, excluded.next_attempt_at)`,
      this.columnsOf(work),
    );
    await notify(tx, WORK_WAITING);
  }

  /**
   * Adds work that was lost: nothing happens if it waits already (its back-off stays) or lies in the dead letters
   * (staff decide).
   */
  async restore(tx: Transaction, work: NewWork): Promise<void> {
    await tx.query(
      `insert into work_item (id, kind, key, payload, next_attempt_at, created_at)
       select $1, $2, $3, $4, $5, $6 where not exists (select from work_item where kind = $2 and key = $3)
       on conflict do nothing`,
      this.columnsOf(work),
    );
    await notify(tx, WORK_WAITING);
  }

  /** Whether such work waits or is being done. */
  async isPending(reader: Transaction, { kind, key }: Pick<NewWork, 'kind' | 'key'>): Promise<boolean> {
    const rows = await reader.query<object[]>(
      `select 1 from work_item where kind = $1 and key = $2 and state = 'pending'`,
      [kind, key],
    );
    return rows.length > 0;
  }

  private columnsOf(work: NewWork): unknown[] {
    const now = this.clock.now();
    return [this.ids.next(), work.kind, work.key, JSON.stringify(work.payload), work.notBefore ?? now, now];
  }
}
