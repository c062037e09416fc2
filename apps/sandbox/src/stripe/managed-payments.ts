import type { FormFields, FormValue } from '../http/form-body.js';
import { badRequest } from './stripe-errors.js';

/** Parameters of a checkout session that Managed Payments does not take, as paths. */
const FORBIDDEN: readonly (readonly string[])[] = [
  ['automatic_tax'],
  ['tax_id_collection'],
  ['subscription_data', 'default_tax_rates'],
  ['payment_method_types'],
  ['payment_method_configuration'],
  ['payment_method_options'],
  ['payment_method_collection'],
  ['saved_payment_method_options'],
  ['customer_update', 'name'],
  ['customer_update', 'address'],
  ['adaptive_pricing'],
  ['shipping_address_collection'],
  ['shipping_options'],
  ['custom_text'],
  ['invoice_creation'],
  ['subscription_data', 'on_behalf_of'],
  ['subscription_data', 'transfer_data'],
  ['subscription_data', 'application_fee_percent'],
  ['payment_intent_data', 'on_behalf_of'],
  ['payment_intent_data', 'transfer_data'],
  ['payment_intent_data', 'application_fee_amount'],
  ['payment_intent_data', 'statement_descriptor'],
  ['payment_intent_data', 'statement_descriptor_suffix'],
];

/** @throws StripeApiError 400 `Unsupported parameter: …` for the first parameter Managed Payments refuses. */
export function refuseUnsupported(params: FormFields): void {
  for (const path of FORBIDDEN) {
    if (!has(params, path)) continue;
    const name = path.map((key, index) => (index === 0 ? key : `[${key}]`)).join('');
    throw badRequest(`Unsupported parameter: ${name}`, name, 'parameter_unsupported');
  }
}

function has(params: FormFields, path: readonly string[]): boolean {
  let value: FormValue | undefined = params;
  for (const key of path) {
    if (typeof value !== 'object' || Array.isArray(value) || !Object.hasOwn(value, key)) return false;
    value = value[key];
  }
  return value !== undefined;
}
