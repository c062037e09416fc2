const MINUTE_MS = 60_000;
/** The job that sends begins once a minute. */
const APART_MS = MINUTE_MS + 1_000;
/**
 * A change is sent so long before its time: the renewal is then charged right at once, and never at the old price. The plan of
 * before is held until the period ends; another interval begins its period this much early.
 */
export const LEAD_MS = 60 * MINUTE_MS;

/**
 * When changes have to be sent that take place at `edges` (in order), for a clock that jumps on from `from`. One time serves all
 * whose lead has begun by then; the next is no sooner than the job runs again.
 */
export function sendTimes(edges: readonly Date[], from: Date): Date[] {
  const times: Date[] = [];
  for (const edge of edges) {
    const wished = edge.getTime() - LEAD_MS;
    const last = times.at(-1)?.getTime();
    if (last !== undefined && wished <= last) continue;
    const time = Math.max(wished, last === undefined ? from.getTime() + MINUTE_MS : last + APART_MS);
    if (time < edge.getTime()) times.push(new Date(time));
  }
  return times;
}
