import { Injectable } from '@nestjs/common';
import {
  isUuid,
  Clock,
  IdGenerator,
  isUniqueViolation,
  notify,
  type Transaction,
  TransactionRunner,
  ConflictError,
} from '@tollgate/kernel';
import type { MembershipRole, MembershipState } from './membership.js';

/** An organization as one of its members sees it. */
export interface OrganizationOfMember {
  readonly id: string;
  readonly name: string;
  readonly role: MembershipRole;
}

/** An organization as its billing owner's page lists it. */
export interface OrganizationOfOwner {
  readonly id: string;
  readonly name: string;
  readonly memberCount: number;
}

/** A tenant's teams and who is in them. Reads take a reader; outside a transaction the default one serves. */
@Injectable()
export class Organizations {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** Creates an organization that its creator owns and pays for. */
  async create(
    tx: Transaction,
    input: { name: string; userId: string; billingOwnerId: string },
  ): Promise<string> {
    const id = this.ids.next();
    await tx.query(
      'insert into organization (id, name, billing_owner_id, created_by, created_at) values ($1, $2, $3, $4, $5)',
      [id, input.name, input.billingOwnerId, input.userId, this.clock.now()],
    );
    await this.addMember(tx, { organizationId: id, userId: input.userId, role: 'owner' });
    return id;
  }

  /**
   * Adds a member.
   *
   * @throws ConflictError `already_member`
   */
  async addMember(
    tx: Transaction,
    input: { organizationId: string; userId: string; role: MembershipRole; state?: MembershipState },
  ): Promise<void> {
    try {
      await tx.query(
        `insert into membership (id, organization_id, user_id, role, state, created_at) values ($1, $2, $3, $4, $5, $6)`,
        [
          this.ids.next(),
          input.organizationId,
          input.userId,
          input.role,
          input.state ?? 'active',
          this.clock.now(),
        ],
      );
    } catch (error) {
      if (isUniqueViolation(error))
        throw new ConflictError('already_member', 'This user is a member already');
      throw error;
    }
    await this.tellOfMembers(tx, input.organizationId);
  }

  /** Every process forgets who may act in this organization: it is remembered with its owner. */
  private async tellOfMembers(tx: Transaction, organizationId: string): Promise<void> {
    const ownerId = await this.billingOwnerOf(organizationId, tx);
    if (ownerId !== null) await notify(tx, `owner:${ownerId}`);
  }

  /** The role of an active member; null for everybody else and for an organization that does not exist. */
  async roleOf(
    organizationId: string,
    userId: string,
    reader: Transaction = this.transactions.reader,
  ): Promise<MembershipRole | null> {
    if (!isUuid(organizationId)) return null;
    const [row] = await reader.query<{ role: MembershipRole }[]>(
      `select role from membership where organization_id = $1 and user_id = $2 and state = 'active'`,
      [organizationId, userId],
    );
    return row?.role ?? null;
  }

  /** The owner who pays for an organization; null when there is no such organization. */
  async billingOwnerOf(
    organizationId: string,
    reader: Transaction = this.transactions.reader,
  ): Promise<string | null> {
    if (!isUuid(organizationId)) return null;
    const [row] = await reader.query<{ billing_owner_id: string }[]>(
      'select billing_owner_id from organization where id = $1',
      [organizationId],
    );
    return row?.billing_owner_id ?? null;
  }

  /** The owners who pay for organizations, by organization id; those that do not exist are left out. */
  async billingOwnersOf(
    organizationIds: readonly string[],
    reader: Transaction = this.transactions.reader,
  ): Promise<Map<string, string>> {
    const rows = await reader.query<{ id: string; billing_owner_id: string }[]>(
      'select id, billing_owner_id from organization where id = any($1)',
      [organizationIds],
    );
    return new Map(rows.map(({ id, billing_owner_id }) => [id, billing_owner_id]));
  }

  /** The organizations that a user is an active member of. */
  async ofUser(
    userId: string,
    reader: Transaction = this.transactions.reader,
  ): Promise<OrganizationOfMember[]> {
    return reader.query<OrganizationOfMember[]>(
      `select o.id, o.name, m.role from membership m join organization o on o.id = m.organization_id
       where m.user_id = $1 and m.state = 'active' order by o.name, o.id`,
      [userId],
    );
  }

  /** The organizations that an owner pays for. */
  async ofOwner(
    ownerId: string,
    reader: Transaction = this.transactions.reader,
  ): Promise<OrganizationOfOwner[]> {
    return reader.query<OrganizationOfOwner[]>(
      `select o.id, o.name, count(m.id)::int as "memberCount"
       from organization o left join membership m on m.organization_id = o.id
       where o.billing_owner_id = $1 group by o.id order by o.name, o.id`,
      [ownerId],
    );
  }
}
