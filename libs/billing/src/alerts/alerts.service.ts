import { Injectable, Logger } from '@nestjs/common';
import { Clock, IdGenerator, NotFoundError, type Transaction } from '@tollgate/kernel';

/** What staff should look at; each stays open until its cause is gone or staff put it away. */
export type AlertKind =
  | 'several_live_subscriptions'
  | 'superseded_checkout_paid'
  | 'checkout_owner_mismatch'
  | 'event_quarantined'
  | 'command_refused'
  | 'foreign_subscription'
  | 'payment_disputed'
  | 'pending_change_dropped'
  | 'price_not_on_sale'
  | 'usage_parked'
  | 'webhooks_silent';

/** Something to look at. `subject` is what it is about: there is one open alert for each (kind, subject). */
export interface NewAlert {
  readonly kind: AlertKind;
  readonly subject: string;
  readonly ownerId: string | null;
  /** Ids and words only, never personal data. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** An alert as stored. */
export interface Alert extends NewAlert {
  readonly id: string;
  readonly raisedAt: Date;
  readonly resolvedAt: Date | null;
  readonly resolution: string | null;
}

/** Which alerts to list, newest first. */
export interface AlertFilter {
  readonly open: boolean;
  readonly ownerId?: string;
  /** Id of the last one of the page before. */
  readonly after?: string;
  readonly limit: number;
}

const COLUMNS = `id, kind, subject, owner_id as "ownerId", details, raised_at as "raisedAt",
  resolved_at as "resolvedAt", resolution`;

/** What staff are to look at, as rows written in the transaction that noticed it. */
@Injectable()
export class Alerts {
  private readonly logger = new Logger(Alerts.name);

  constructor(
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** Raises an alert, unless the same one is open already: then only its details are brought up to date. */
  async raise(tx: Transaction, { kind, subject, ownerId, details }: NewAlert): Promise<void> {
    const rows = await tx.query<{ isNew: boolean }[]>(
      `insert into billing_alert as a (id, kind, subject, owner_id, details, raised_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (kind, subject) where resolved_at is null do update set details = excluded.details
       returning a.id = $1 as "isNew"`,
      [this.ids.next(), kind, subject, ownerId, JSON.stringify(details), this.clock.now()],
    );
    if (rows[0]?.isNew) this.logger.error(`${kind}: ${subject}`);
  }

  /** Resolves the open alert about a subject, if there is one: its cause is gone. */
  async settle(tx: Transaction, kind: AlertKind, subject: string): Promise<void> {
    await tx.query(
      `update billing_alert set resolved_at = $3, resolution = 'cause gone'
       where kind = $1 and subject = $2 and resolved_at is null`,
      [kind, subject, this.clock.now()],
    );
  }

  /**
   * Puts an open alert away by hand.
   *
   * @throws NotFoundError unknown, or resolved already
   */
  async resolve(tx: Transaction, id: string, resolution: string): Promise<Alert> {
    const [rows] = await tx.query<[Alert[], number]>(
      `update billing_alert set resolved_at = $2, resolution = $3 where id = $1 and resolved_at is null
       returning ${COLUMNS}`,
      [id, this.clock.now(), resolution],
    );
    if (!rows[0]) throw new NotFoundError('Alert');
    return rows[0];
  }

  /** A page of alerts, newest first. */
  async list(reader: Transaction, { open, ownerId, after, limit }: AlertFilter): Promise<Alert[]> {
    return reader.query<Alert[]>(
      `select ${COLUMNS} from billing_alert
       where (resolved_at is null) = $1 and ($2::uuid is null or owner_id = $2) and ($3::uuid is null or id < $3)
       order by id desc limit $4`,
      [open, ownerId ?? null, after ?? null, limit],
    );
  }
}
