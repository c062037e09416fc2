import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  Clock,
  IdGenerator,
  InvalidRequestError,
  NotFoundError,
  notify,
  type Principal,
  type Transaction,
  TransactionRunner,
} from '@tollgate/kernel';
import { hashSecret } from '../../tokens/secret-token.js';
import { formatKey, newKey } from '../key-text.js';
import type { NewServiceKey } from './service-key.schemas.js';
import { type ServiceKeyRow, ServiceKeys } from './service-keys.repository.js';

/** The member of staff who acts, and the request in which they do. */
export interface KeyAct {
  readonly actor: Extract<Principal, { kind: 'staff' }>;
  readonly requestId: string;
  readonly reason: string;
}

/** Making, listing and revoking keys of other systems of ours; each change with its audit row in one transaction. */
@Injectable()
export class ServiceKeysService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly keys: ServiceKeys,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /**
   * Makes a key; its text is answered here and never again.
   *
   * @throws InvalidRequestError `expiry_past`
   */
  async create(
    { name, scopes, expiresAt: end }: NewServiceKey,
    act: KeyAct,
  ): Promise<{ row: ServiceKeyRow; key: string }> {
    const expiresAt = end === undefined ? null : new Date(end);
    if (expiresAt !== null && expiresAt <= this.clock.now())
      throw new InvalidRequestError('expiry_past', 'The key would be expired already');
    const text = newKey('service_key');
    const row = await this.transactions.run(async (tx) => {
      const made = await this.keys.insert(tx, {
        id: this.ids.next(),
        prefix: text.prefix,
        secret_hash: hashSecret(text.secret),
        name,
        scopes,
        created_by: act.actor.staffId,
        expires_at: expiresAt,
      });
      await this.record(tx, 'service_key.created', made, act);
      return made;
    });
    return { row, key: formatKey(text) };
  }

  /** See {@link ServiceKeys.all}. */
  async list(): Promise<ServiceKeyRow[]> {
    return this.keys.all();
  }

  /**
   * Revokes a key at once, on every node. Revoking a revoked key changes nothing.
   *
   * @throws NotFoundError
   */
  async revoke(id: string, act: KeyAct): Promise<void> {
    await this.transactions.run(async (tx) => {
      const row = await this.keys.lock(tx, id);
      if (!row) throw new NotFoundError('Service key');
      if (row.revoked_at !== null) return;
      await this.keys.revoke(tx, id);
      await this.record(tx, 'service_key.revoked', row, act);
      await notify(tx, `key:${id}`);
    });
  }

  private async record(tx: Transaction, action: string, row: ServiceKeyRow, act: KeyAct): Promise<void> {
    const { id, scopes, expires_at: expiresAt } = row;
    const facts = { scopes, expiresAt: expiresAt?.toISOString() ?? null };
    await this.audit.record(tx, {
      ...act,
      action,
      subject: { type: 'service_key', id },
      ...(action === 'service_key.created' ? { after: facts } : { before: facts }),
    });
  }
}
