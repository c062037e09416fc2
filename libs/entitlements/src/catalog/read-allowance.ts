import { LARGEST_COUNT, UNLIMITED } from '@tollgate/usage';
import { refuse } from './catalog-refusal.js';
import type { Allowance, FeatureKind } from './catalog.js';
import type { AllowanceForm, LimitForm } from './define-catalog.js';

/** Canonical decimal: no plus, no leading zeros, nothing but digits. */
const DECIMAL = /^(-1|0|[1-9]\d{0,18})$/;

/**
 * Reads what one plan gives of a feature.
 *
 * @throws InvalidRequestError `catalog_invalid`, when it does not fit the kind or is no exact limit
 */
export function readAllowance(path: string, kind: FeatureKind, form: AllowanceForm): Allowance {
  if (form === true) {
    if (kind !== 'flag') refuse(path, `a ${kind} needs a limit; unlimited is written -1`);
    return { limit: null, overage: 'deny' };
  }
  if (kind === 'flag') refuse(path, 'this is a flag and has no limit');
  if (typeof form !== 'object') return { limit: readLimit(path, form), overage: 'deny' };
  const { limit, overage } = form;
  if (overage === 'allow' && kind !== 'quota') refuse(path, `only a quota can be overrun, not a ${kind}`);
  return { limit: readLimit(`${path}.limit`, limit), overage };
}

function readLimit(path: string, form: LimitForm): bigint {
  const isExact = typeof form === 'number' ? Number.isSafeInteger(form) : DECIMAL.test(form);
  const limit = isExact ? BigInt(form) : null;
  if (limit === null || limit < UNLIMITED || limit > LARGEST_COUNT)
    refuse(path, 'a limit is a whole number from 0 to 2^63-1 (beyond 2^53 as text), or -1 for unlimited');
  return limit;
}
