import { Injectable } from '@nestjs/common';
import { Clock, type Transaction, TransactionRunner } from '@tollgate/kernel';

/** A service key as staff may see it: everything but the secret. */
export interface ServiceKeyRow {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Id of the member of staff who made it. */
  readonly created_by: string;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

/** What an authenticator needs to know about a service key. */
export interface ServiceKeyProof extends ServiceKeyRow {
  readonly secret_hash: Buffer;
}

const SHOWN = 'id, prefix, name, scopes, created_by, created_at, expires_at, last_used_at, revoked_at';

/** The rows of service keys. */
@Injectable()
export class ServiceKeys {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  async insert(
    tx: Transaction,
    key: Pick<
      ServiceKeyProof,
      'id' | 'prefix' | 'secret_hash' | 'name' | 'scopes' | 'created_by' | 'expires_at'
    >,
  ): Promise<ServiceKeyRow> {
    const [row] = await tx.query<[ServiceKeyRow]>(
      `insert into service_key (id, prefix, secret_hash, name, scopes, created_by, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${SHOWN}`,
      [
        key.id,
        key.prefix,
        key.secret_hash,
        key.name,
        key.scopes,
        key.created_by,
        this.clock.now(),
        key.expires_at,
      ],
    );
    return row;
  }

  /** All keys, those that are not revoked first, then the newest first; at most 500. */
  async all(): Promise<ServiceKeyRow[]> {
    return this.transactions.reader.query<ServiceKeyRow[]>(
      `select ${SHOWN} from service_key order by (revoked_at is not null), id desc limit 500`,
    );
  }

  /** The key, locked until the transaction ends. */
  async lock(tx: Transaction, id: string): Promise<ServiceKeyRow | null> {
    const [row] = await tx.query<ServiceKeyRow[]>(
      `select ${SHOWN} from service_key where id = $1 for update`,
      [id],
    );
    return row ?? null;
  }

  async revoke(tx: Transaction, id: string): Promise<void> {
    await tx.query('update service_key set revoked_at = $2 where id = $1', [id, this.clock.now()]);
  }

  /** The key with this prefix, and the hash of its secret. */
  async byPrefix(prefix: string): Promise<ServiceKeyProof | null> {
    const [row] = await this.transactions.reader.query<ServiceKeyProof[]>(
      `select ${SHOWN}, secret_hash from service_key where prefix = $1`,
      [prefix],
    );
    return row ?? null;
  }
}
