import { Injectable } from '@nestjs/common';
import { Organizations } from '@tollgate/billing';
import {
  AuditLog,
  DomainError,
  IdGenerator,
  NotFoundError,
  notify,
  type Transaction,
  TransactionRunner,
} from '@tollgate/kernel';
import { hashSecret } from '../../tokens/secret-token.js';
import { formatKey, newKey } from '../key-text.js';
import { type ApiKeyRow, ApiKeys, type ApiKeyTarget } from './api-keys.repository.js';

/** What a new key is to be. */
export interface NewApiKey {
  readonly name: string;
  readonly organizationId: string | null;
  readonly expiresAt: Date | null;
}

/** Roles that may make, see and revoke an organization's keys. */
const KEY_ROLES: ReadonlySet<string> = new Set(['owner', 'admin']);

/** Making, listing and revoking API keys, for oneself or for an organization one runs. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly keys: ApiKeys,
    private readonly organizations: Organizations,
    private readonly audit: AuditLog,
    private readonly ids: IdGenerator,
  ) {}

  /**
   * Makes a key; its text is answered here and never again.
   *
   * @throws DomainError forbidden `owner_unresolved` (not a member, or no such organization) or `role_required`
   */
  async create(userId: string, wish: NewApiKey): Promise<{ row: ApiKeyRow; key: string }> {
    const target = await this.target(userId, wish.organizationId);
    return this.transactions.run(async (tx) => this.insert(tx, userId, target, wish));
  }

  /** The keys of the user, or of an organization they run; refuses as {@link create} does. */
  async list(userId: string, organizationId: string | null): Promise<ApiKeyRow[]> {
    return this.keys.of(await this.target(userId, organizationId));
  }

  /**
   * Revokes a key at once, on every node. Revoking a revoked key changes nothing.
   *
   * @throws NotFoundError also for a key that the user may not touch
   */
  async revoke(userId: string, id: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      const row = await this.keys.lock(tx, id);
      if (!row || !(await this.mayManage(userId, row))) throw new NotFoundError('API key');
      if (row.revoked_at !== null) return;
      await this.keys.revoke(tx, id);
      await this.record(tx, userId, 'api_key.revoked', id);
      await notify(tx, `key:${id}`);
    });
  }

  private async insert(
    tx: Transaction,
    userId: string,
    target: ApiKeyTarget,
    { name, expiresAt }: NewApiKey,
  ): Promise<{ row: ApiKeyRow; key: string }> {
    const text = newKey('api_key');
    const row = await this.keys.insert(tx, {
      ...target,
      id: this.ids.next(),
      prefix: text.prefix,
      secretHash: hashSecret(text.secret),
      createdBy: userId,
      name,
      expiresAt,
    });
    await this.record(tx, userId, 'api_key.created', row.id);
    return { row, key: formatKey(text) };
  }

  private async record(tx: Transaction, userId: string, action: string, id: string): Promise<void> {
    await this.audit.record(tx, {
      actor: { kind: 'user', userId },
      action,
      subject: { type: 'api_key', id },
    });
  }

  private async target(userId: string, organizationId: string | null): Promise<ApiKeyTarget> {
    if (organizationId === null) return { userId, organizationId };
    const role = await this.organizations.roleOf(organizationId, userId);
    if (role === null)
      throw new DomainError('forbidden', 'owner_unresolved', 'You are not a member of such an organization');
    if (!KEY_ROLES.has(role))
      throw new DomainError('forbidden', 'role_required', 'Only owners and admins manage API keys', {
        roles: [...KEY_ROLES],
      });
    return { userId: null, organizationId };
  }

  private async mayManage(userId: string, row: ApiKeyRow): Promise<boolean> {
    if (row.organization_id === null) return row.user_id === userId;
    return KEY_ROLES.has((await this.organizations.roleOf(row.organization_id, userId)) ?? '');
  }
}
