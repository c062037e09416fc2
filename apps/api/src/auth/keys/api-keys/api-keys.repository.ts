import { Injectable } from '@nestjs/common';
import { Clock, type Transaction, TransactionRunner } from '@tollgate/kernel';

/** Who a key acts for: a user's personal space or an organization. */
export type ApiKeyTarget =
  | { readonly userId: string; readonly organizationId: null }
  | { readonly userId: null; readonly organizationId: string };

/** A key as it may be shown: everything but the secret. */
export interface ApiKeyRow {
  readonly id: string;
  readonly prefix: string;
  readonly name: string;
  readonly user_id: string | null;
  readonly organization_id: string | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

/** What an authenticator needs to know about a key. */
export interface ApiKeyProof extends ApiKeyRow {
  readonly secret_hash: Buffer;
}

const SHOWN = 'id, prefix, name, user_id, organization_id, created_at, expires_at, last_used_at, revoked_at';

/** The rows of API keys. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  async insert(
    tx: Transaction,
    key: ApiKeyTarget & {
      readonly id: string;
      readonly prefix: string;
      readonly secretHash: Buffer;
      readonly createdBy: string;
      readonly name: string;
      readonly expiresAt: Date | null;
    },
  ): Promise<ApiKeyRow> {
    const [row] = await tx.query<[ApiKeyRow]>(
      `insert into api_key (id, prefix, secret_hash, user_id, organization_id, created_by, name, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${SHOWN}`,
      [
        key.id,
        key.prefix,
        key.secretHash,
        key.userId,
        key.organizationId,
        key.createdBy,
        key.name,
        this.clock.now(),
        key.expiresAt,
      ],
    );
    return row;
  }

  /** The live and the revoked keys of one target, newest first, at most 200. */
  async of(target: ApiKeyTarget): Promise<ApiKeyRow[]> {
    const [column, value] =
      target.userId === null ? ['organization_id', target.organizationId] : ['user_id', target.userId];
    return this.transactions.reader.query<ApiKeyRow[]>(
      `select ${SHOWN} from api_key where ${column} = $1 order by id desc limit 200`,
      [value],
    );
  }

  /** The key, locked until the transaction ends. */
  async lock(tx: Transaction, id: string): Promise<ApiKeyRow | null> {
    const [row] = await tx.query<ApiKeyRow[]>(`select ${SHOWN} from api_key where id = $1 for update`, [id]);
    return row ?? null;
  }

  async revoke(tx: Transaction, id: string): Promise<void> {
    await tx.query('update api_key set revoked_at = $2 where id = $1', [id, this.clock.now()]);
  }

  /** The key with this prefix, and the hash of its secret. */
  async byPrefix(prefix: string): Promise<ApiKeyProof | null> {
    const [row] = await this.transactions.reader.query<ApiKeyProof[]>(
      `select ${SHOWN}, secret_hash from api_key where prefix = $1`,
      [prefix],
    );
    return row ?? null;
  }
}
