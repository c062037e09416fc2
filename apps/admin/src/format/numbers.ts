/** An integer of any size, given as a string, with digit groups of a locale (the reader's, unless one is named). */
export function formatCount(value: string, locale?: string): string {
  return new Intl.NumberFormat(locale).format(BigInt(value));
}

/**
 * An amount of money in the reader's notation, exact at any size.
 * @param minorUnits integer minor units as a string, "9900" for 99 dollars
 * @param currency ISO 4217 code, in either case
 * @param locale the reader's, unless one is named
 */
export function formatMoney(minorUnits: string, currency: string, locale?: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  // A decimal string, not a number: a number would round beyond 2^53.
  return format.format(`${BigInt(minorUnits)}E-${digits}` as Intl.StringNumericLiteral);
}
