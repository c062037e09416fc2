import { Injectable } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import type { Transaction } from '../database/transaction.js';
import { IdGenerator } from '../ids/id-generator.js';
import { principalName, type Principal } from '../principal/principal.js';

/** One change worth keeping: ids and values only, never personal data. */
export interface AuditRecord {
  readonly actor: Principal;
  /** What was done, e.g. `plan.given`. */
  readonly action: string;
  /** What it was done to, e.g. `{ type: 'subscription', id }`. */
  readonly subject: { readonly type: string; readonly id: string };
  readonly ownerId?: string;
  readonly reason?: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly requestId?: string;
}

/** An audit row as read back, newest first. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly reason: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

/** The insert-only record of who changed what, and why. */
@Injectable()
export class AuditLog {
  constructor(
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** Writes the row in the transaction of the change itself, so that neither exists without the other. */
  async record(tx: Transaction, record: AuditRecord): Promise<void> {
    await tx.query(
      `insert into audit_entry (id, at, actor, action, subject_type, subject_id, owner_id, reason, before, after, request_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        this.ids.next(),
        this.clock.now(),
        principalName(record.actor),
        record.action,
        record.subject.type,
        record.subject.id,
        record.ownerId ?? null,
        record.reason ?? null,
        record.before === undefined ? null : JSON.stringify(record.before),
        record.after === undefined ? null : JSON.stringify(record.after),
        record.requestId ?? null,
      ],
    );
  }

  /** The latest rows about one owner. */
  async ofOwner(tx: Transaction, ownerId: string, limit: number): Promise<AuditEntry[]> {
    return tx.query<AuditEntry[]>(
      `select id, at, actor, action, reason, before, after from audit_entry
       where owner_id = $1 order by at desc, id desc limit $2`,
      [ownerId, limit],
    );
  }
}
