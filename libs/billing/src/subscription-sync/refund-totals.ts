/** What telling a total apart needs. */
interface Told {
  readonly provider: string;
  readonly kind: string;
  readonly id: string;
  readonly paymentId: string | null;
  readonly amount: bigint | null;
  readonly status: string | null;
}

/** What a provider says of money that did not go back after all. */
const NOTHING_WENT_BACK: ReadonlySet<string | null> = new Set(['failed', 'canceled']);

/**
 * The records without the totals that say nothing new. A provider may tell of every refund by itself and of all that went
 * back of its payment: the total goes by the payment's own id, and is left out when the single refunds account for it.
 */
export function withoutRepeatedTotals<T extends Told>(records: readonly T[]): T[] {
  return records.filter((record) => {
    if (record.id !== record.paymentId) return true;
    const singles = records.filter(
      (one) =>
        one.provider === record.provider &&
        one.kind === record.kind &&
        one.paymentId === record.paymentId &&
        one.id !== record.id,
    );
    const sum = singles
      .filter(({ status }) => !NOTHING_WENT_BACK.has(status))
      .reduce((total, { amount }) => total + (amount ?? 0n), 0n);
    return singles.length === 0 || sum < (record.amount ?? 0n);
  });
}
