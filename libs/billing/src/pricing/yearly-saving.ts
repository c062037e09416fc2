/**
 * What a year costs less than twelve months, in the same minor units; null when it saves nothing, or when the two are
 * not in one currency.
 */
export function yearlySaving(
  month: { readonly amount: bigint; readonly currency: string },
  year: { readonly amount: bigint; readonly currency: string },
): bigint | null {
  if (month.currency !== year.currency) return null;
  const saving = 12n * month.amount - year.amount;
  return saving > 0n ? saving : null;
}
