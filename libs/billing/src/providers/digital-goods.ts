import type { CatalogForm } from './provider-catalog.js';
import { NotDigitalError } from './provider.errors.js';

/**
 * Families of Stripe tax codes of what is delivered electronically: `txcd_101…` software and cloud services,
 * `txcd_102…` digital goods (games, video, …), `txcd_103…` to `txcd_108…` books, audio, images, news, web services.
 */
const DIGITAL = /^txcd_10[1-8]\d{5}$/;

/** Whether a tax code is one of a digital product. */
export function isDigitalTaxCode(code: string | null): boolean {
  return code !== null && DIGITAL.test(code);
}

/**
 * Merchants of record sell digital products only, so a catalog is pushed as a whole or not at all.
 *
 * @throws NotDigitalError the first form without the tax code of a digital product
 */
export function assertAllDigital(forms: readonly CatalogForm[]): void {
  const wrong = forms.find(({ taxCode }) => !isDigitalTaxCode(taxCode));
  if (wrong) throw new NotDigitalError(wrong.plan, wrong.taxCode);
}
