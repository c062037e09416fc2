import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { notify } from '../database/notifications.service.js';
import type { Transaction } from '../database/transaction-runner.js';
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
      [
        this.ids.next(),
        work.kind,
        work.key,
        JSON.stringify(work.payload),
        work.notBefore ?? this.clock.now(),
        this.clock.now(),
      ],
    );
    await notify(tx, WORK_WAITING);
  }
}
