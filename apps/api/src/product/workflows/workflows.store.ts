import { Injectable } from '@nestjs/common';
import { Clock, IdGenerator, type Transaction, TransactionRunner } from '@tollgate/kernel';

/** A workflow of the sample product. */
export interface Workflow {
  readonly id: string;
  readonly name: string;
  /** Who made it; in a personal space also whose it is. */
  readonly userId: string;
  readonly organizationId: string | null;
  readonly createdAt: Date;
}

/** Where workflows are listed and made. */
export interface WorkflowSpace {
  readonly userId: string;
  readonly organizationId: string | null;
}

/** How many workflows stand in one space; in an organization whoever made them, so `userId` is null there. */
export interface WorkflowsInSpace {
  readonly userId: string | null;
  readonly organizationId: string | null;
  readonly things: bigint;
}

const COLUMNS = `id, name, user_id as "userId", organization_id as "organizationId", created_at as "createdAt"`;

/** The rows of workflows. */
@Injectable()
export class WorkflowsStore {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** Makes a workflow. */
  async insert(tx: Transaction, space: WorkflowSpace, name: string): Promise<Workflow> {
    const workflow = { id: this.ids.next(), name, ...space, createdAt: this.clock.now() };
    await tx.query(
      'insert into workflow (id, name, user_id, organization_id, created_at) values ($1, $2, $3, $4, $5)',
      [workflow.id, name, space.userId, space.organizationId, workflow.createdAt],
    );
    return workflow;
  }

  /** One workflow by its id, wherever it stands: ask for its owner before showing it. */
  async find(id: string): Promise<Workflow | null> {
    const [row] = await this.transactions.reader.query<Workflow[]>(
      `select ${COLUMNS} from workflow where id = $1`,
      [id],
    );
    return row ?? null;
  }

  /** The workflows of a space, oldest first. */
  async list(space: WorkflowSpace): Promise<Workflow[]> {
    return space.organizationId === null
      ? this.transactions.reader.query<Workflow[]>(
          `select ${COLUMNS} from workflow where organization_id is null and user_id = $1 order by created_at, id`,
          [space.userId],
        )
      : this.transactions.reader.query<Workflow[]>(
          `select ${COLUMNS} from workflow where organization_id = $1 order by created_at, id`,
          [space.organizationId],
        );
  }

  /** Renames a workflow. */
  async rename(tx: Transaction, id: string, name: string): Promise<void> {
    await tx.query('update workflow set name = $2 where id = $1', [id, name]);
  }

  /** Deletes a workflow; false if it was gone already. */
  async delete(tx: Transaction, id: string): Promise<boolean> {
    const [, count] = await tx.query<[unknown[], number]>('delete from workflow where id = $1', [id]);
    return count > 0;
  }

  /** How many there are in each space that has some: of these organizations and this user, or everywhere. */
  async count(
    reader: Transaction,
    among: { readonly userId: string | null; readonly organizationIds: readonly string[] } | null,
  ): Promise<WorkflowsInSpace[]> {
    const rows = await reader.query<
      { user_id: string | null; organization_id: string | null; things: string }[]
    >(
      `select case when organization_id is null then user_id end as user_id, organization_id, count(*) as things
       from workflow
       where $1 or organization_id = any($2::uuid[]) or (organization_id is null and user_id = $3) group by 1, 2`,
      [among === null, among?.organizationIds ?? [], among?.userId ?? null],
    );
    return rows.map(({ user_id: userId, organization_id: organizationId, things }) => ({
      userId,
      organizationId,
      things: BigInt(things),
    }));
  }
}
