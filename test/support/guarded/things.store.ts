import { Injectable } from '@nestjs/common';
import { ResourceOwnerLookup, type ResourceOwnership } from '@tollgate/entitlements';
import { IdGenerator, type Transaction, TransactionRunner } from '@tollgate/kernel';

/** The table of things, made by the test application for itself. */
export const THINGS_TABLE =
  'create table thing (id uuid primary key, user_id text not null, organization_id uuid)';

/** The rows of things. */
@Injectable()
export class ThingsStore {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly ids: IdGenerator,
  ) {}

  async insert(tx: Transaction, userId: string | null, organizationId: string | null): Promise<string> {
    const id = this.ids.next();
    await tx.query('insert into thing (id, user_id, organization_id) values ($1, $2, $3)', [
      id,
      userId ?? 'key',
      organizationId,
    ]);
    return id;
  }

  async find(id: string): Promise<ResourceOwnership | null> {
    const [row] = await this.transactions.reader.query<ResourceOwnership[]>(
      'select user_id as "userId", organization_id as "organizationId" from thing where id::text = $1',
      [id],
    );
    return row ?? null;
  }

  async delete(tx: Transaction, id: string): Promise<void> {
    await tx.query('delete from thing where id = $1', [id]);
  }
}

/** To whom the thing in a route's `:id` belongs. */
@Injectable()
export class ThingOwnership extends ResourceOwnerLookup {
  constructor(private readonly things: ThingsStore) {
    super();
  }

  override async find({ id = '' }: Readonly<Record<string, string>>): Promise<ResourceOwnership | null> {
    return this.things.find(id);
  }
}
