import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  Assignments,
  type BillingAccount,
  BillingOwnerResolver,
  type BillingSubject,
  type KnownAccount,
  type OwnerFactsReader,
} from '@tollgate/entitlements';
import { Clock, notify, type Principal, TransactionRunner } from '@tollgate/kernel';
import type { DoorNode } from './door-node.js';

/** Somebody who pays for themselves. */
export interface Person {
  readonly userId: string;
  readonly ownerId: string;
  readonly headers: Readonly<Record<string, string>>;
}

interface Team {
  readonly ownerId: string;
  memberIds: readonly string[];
}

const teams = new Map<string, Team>();

/** A town that anybody moves to who has a UUID: each pays for themselves, and for the teams they found. */
@Injectable()
export class DoorTown extends BillingOwnerResolver {
  override accounts(
    subjects: readonly BillingSubject[],
    facts: OwnerFactsReader,
  ): Promise<(KnownAccount | null)[]> {
    return facts.of(subjects.map(accountOf));
  }
}

function accountOf(subject: BillingSubject): BillingAccount | null {
  const since = new Date(0);
  if (subject.kind === 'organization') {
    const { organizationId } = subject;
    const team = teams.get(organizationId);
    return team ? { ...team, since, organizationId } : null;
  }
  const ownerId = subject.kind === 'user' ? subject.userId : subject.ownerId;
  return { ownerId, since, organizationId: null, memberIds: [] };
}

/** The headers of a principal. */
export const headersOf = (principal: Principal): Record<string, string> => ({
  'x-principal': JSON.stringify(principal),
});

/** Somebody new, on a plan or (null) on the default one. */
export async function personOn(node: DoorNode, plan: string | null): Promise<Person> {
  const userId = randomUUID();
  await node.database.query(
    'insert into billing_owner (id, user_id, created_at) values ($1::uuid, $1::uuid::text, $2)',
    [userId, new Date(0)],
  );
  if (plan !== null) await holds(node, userId, plan);
  return { userId, ownerId: userId, headers: headersOf({ kind: 'user', userId }) };
}

/** The owner holds this plan from now on, until `to`; null ends what they hold. */
export async function holds(
  { app }: DoorNode,
  ownerId: string,
  plan: string | null,
  to: Date | null = null,
): Promise<void> {
  const from = app.get(Clock).now();
  const wish = plan && { plan, from, to, graceSince: null, lapsed: null, billingAnchor: null };
  await app
    .get(TransactionRunner)
    .run((tx) => app.get(Assignments).set(tx, ownerId, 'staff', wish || null, from, 'canceled'));
}

/** A team for which an owner pays. */
export function teamOf({ ownerId, userId }: Person): string {
  const id = randomUUID();
  teams.set(id, { ownerId, memberIds: [userId] });
  return id;
}

/** Other members; every process is told, as whoever changes a membership has to. */
export async function setMembers(
  { app }: DoorNode,
  team: string,
  memberIds: readonly string[],
): Promise<void> {
  const known = teams.get(team);
  if (!known) throw new Error('no such team');
  known.memberIds = memberIds;
  await app.get(TransactionRunner).run((tx) => notify(tx, `owner:${known.ownerId}`));
}
