import { Injectable } from '@nestjs/common';
import { Clock, TransactionRunner } from '@tollgate/kernel';
import {
  type BillingAccount,
  type KnownAccount,
  OwnerFactsReader,
} from '../access/billing-owner-resolver.js';
import { assignmentOf, type AssignmentRow } from '../assignments/assignment-row.js';
import type { OwnerFacts } from '../decisions/owner-facts.js';
import { overrideOf, type OverrideRow } from '../overrides/override-row.js';

/** As many rows of one kind as any decision can need; older ones no longer matter. */
const LATEST = 50;

/** Facts of the owner `account.owner_id`, `$at` and `$latest` to be replaced by their parameters. */
const FACTS = `
  (select coalesce(json_agg(a), '[]') from (
     select * from assignment where owner_id = account.owner_id
     order by from_at desc, id desc limit $latest) a) as assignments,
  (select coalesce(json_agg(o), '[]') from (
     select id, owner_id, feature, enabled, quantity::text, from_at, to_at, reason, author
     from override where owner_id = account.owner_id and (to_at is null or to_at > $at)
     order by from_at desc, id desc limit $latest) o) as overrides`;

interface FactsRow {
  readonly subject: number;
  readonly owner_id: string;
  readonly since: Date;
  readonly organization_id: string | null;
  readonly member_ids: string[];
  readonly assignments: Json<AssignmentRow>[];
  readonly overrides: Json<OverrideRow>[];
}

/** Everything that a decision needs to know about owners, in one round trip however many. */
@Injectable()
export class PostgresOwnerFacts extends OwnerFactsReader {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async joined(
    query: string,
    parameters: readonly unknown[],
    subjects: number,
  ): Promise<(KnownAccount | null)[]> {
    const [at, latest] = [parameters.length + 1, parameters.length + 2];
    const facts = FACTS.replaceAll('$at', `$${at}`).replaceAll('$latest', `$${latest}`);
    const rows = await this.transactions.reader.query<FactsRow[]>(
      `with account as (${query}) select account.*, ${facts} from account`,
      [...parameters, this.clock.now(), LATEST],
    );
    const known: (KnownAccount | null)[] = Array.from({ length: subjects }, () => null);
    for (const row of rows) known[row.subject] = knownOf(row);
    return known;
  }

  override of(accounts: readonly (BillingAccount | null)[]): Promise<(KnownAccount | null)[]> {
    const places = accounts.flatMap((account, place) => (account ? [{ account, place }] : []));
    if (places.length === 0) return Promise.resolve(accounts.map(() => null));
    return this.joined(
      `select * from jsonb_to_recordset($1::jsonb) as account
         (subject integer, owner_id uuid, since timestamptz, organization_id uuid, member_ids text[])`,
      [JSON.stringify(places.map(({ account, place }) => rowOf(account, place)))],
      accounts.length,
    );
  }
}

function rowOf({ ownerId, since, organizationId, memberIds }: BillingAccount, place: number): object {
  return {
    subject: place,
    owner_id: ownerId,
    since: since.toISOString(),
    organization_id: organizationId,
    member_ids: memberIds,
  };
}

function knownOf(row: FactsRow): KnownAccount {
  return {
    account: {
      ownerId: row.owner_id,
      since: row.since,
      organizationId: row.organization_id,
      memberIds: row.member_ids,
    },
    facts: factsOf(row),
  };
}

function factsOf({ owner_id, assignments, overrides }: FactsRow): OwnerFacts {
  return {
    ownerId: owner_id,
    assignments: assignments.map((json) =>
      assignmentOf({
        ...json,
        from_at: instant(json.from_at),
        to_at: instantOrNull(json.to_at),
        grace_since: instantOrNull(json.grace_since),
        billing_anchor: instantOrNull(json.billing_anchor),
        anchor_since: instantOrNull(json.anchor_since),
        anchor_before: instantOrNull(json.anchor_before),
      }),
    ),
    overrides: overrides.map((json) =>
      overrideOf({ ...json, from_at: instant(json.from_at), to_at: instantOrNull(json.to_at) }),
    ),
  };
}

/** A row that came as JSON: its instants are text. */
type Json<Row> = {
  readonly [Key in keyof Row]: Row[Key] extends Date
    ? string
    : Row[Key] extends Date | null
      ? string | null
      : Row[Key];
};

const instant = (text: string): Date => new Date(text);
const instantOrNull = (text: string | null): Date | null => (text === null ? null : instant(text));
