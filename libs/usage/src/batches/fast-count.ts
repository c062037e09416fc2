import { CountedMeanwhileError } from '../usage.errors.js';
import { type BatchConnection, type BatchNote, LostAnswer } from './batch-connection.js';
import type { FastGroup } from './fast-group.js';
import { fastParameters } from './fast-parameters.js';
import { fastStatement } from './fast-statement.js';
import { LONE_STATEMENT, loneParameters } from './lone-statement.js';

/** Of one statement: units used of the counters counted, and which of the groups were not, by their places from 1. */
interface CountedRow {
  readonly used: string | null;
  readonly left_out: readonly number[];
}

const UNIQUE_VIOLATION = '23505';

/**
 * Counts each group that fits as a whole, in one statement that is its own transaction, and answers its askers. Groups
 * left out do not fit, or one of their keys was used before: they must be decided ask by ask.
 *
 * @throws CountedMeanwhileError when a key was used meanwhile
 */
export async function countGroups(
  connection: BatchConnection,
  groups: readonly FastGroup[],
  now: Date,
): Promise<void> {
  const [first] = groups;
  const lone = groups.length === 1 && first ? loneParameters(first) : null;
  if (first && lone) return countLone(connection, first, lone, now);
  // Rows are locked in one order everywhere.
  const sorted = groups.toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const { needs, columns } = fastParameters(sorted);
  const outcome = await connection
    .single<CountedRow>(fastStatement(needs), (note) => [...noteOf(note, now), ...columns])
    .catch(asCountedMeanwhile);
  if (outcome instanceof LostAnswer) answerWithout(sorted, outcome.leftOut);
  else for (const row of outcome) answerCounted(sorted, row);
}

/** Of one group in plain values: it is counted as a whole, or nothing is. */
async function countLone(
  connection: BatchConnection,
  group: FastGroup,
  columns: readonly string[],
  now: Date,
): Promise<void> {
  const outcome = await connection.single<{ used: string }>(LONE_STATEMENT, (note) => [
    ...noteOf(note, now),
    ...columns,
  ]);
  if (outcome instanceof LostAnswer) answerWithout([group], outcome.leftOut);
  else for (const { used } of outcome) answer(group, BigInt(used));
}

const noteOf = ({ id, epoch, batch }: BatchNote, now: Date): unknown[] => [
  id,
  epoch,
  batch,
  now.toISOString(),
];

function asCountedMeanwhile(error: unknown): never {
  const isRace = (error as { code?: string } | null)?.code === UNIQUE_VIOLATION;
  throw isRace ? new CountedMeanwhileError() : error;
}

function answerCounted(groups: readonly FastGroup[], { used, left_out }: CountedRow): void {
  const standings = used === null ? [] : used.split(',');
  const counted = without(groups, left_out);
  if (standings.length !== counted.length)
    throw new Error(`${counted.length} counters were counted, but ${standings.length} standings came`);
  counted.forEach((group, index) => answer(group, BigInt(standings[index] ?? 0)));
}

/** The answer got lost, but the writer's row tells which groups were counted. */
function answerWithout(groups: readonly FastGroup[], leftOut: readonly number[]): void {
  // Only the standing is unknown; what was asked for is a truthful least.
  for (const group of without(groups, leftOut)) answer(group, group.total);
}

function without(groups: readonly FastGroup[], leftOut: readonly number[]): readonly FastGroup[] {
  if (leftOut.length === 0) return groups;
  const missing = new Set(leftOut);
  return groups.filter((_, index) => !missing.has(index + 1));
}

/** Each asker hears its own place in the order of arrival. */
function answer({ members, total, meter: { feature } }: FastGroup, used: bigint): void {
  let running = used - total;
  for (const asker of members) {
    const { counting } = asker.ask;
    running += counting.meters[0]?.quantity ?? 0n;
    const standing = { feature, used: running, overage: 0n, fits: true };
    asker.answer({ granted: true, grantId: counting.grantId, replayed: false, meters: [standing] });
  }
}
