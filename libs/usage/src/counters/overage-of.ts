import { UNLIMITED } from '../limit.js';

/** How many of `quantity` further units lie beyond the limit when `used` units are counted already. */
export function overageOf(
  { quantity, limit }: { readonly quantity: bigint; readonly limit: bigint },
  used: bigint,
): bigint {
  if (limit === UNLIMITED || used + quantity <= limit) return 0n;
  return used >= limit ? quantity : used + quantity - limit;
}
