// Generated: node apps/api/bin/error-codes.mjs; do not edit.
import type { ErrorKind } from '@tollgate/kernel';

/** A stable code with what kinds of errors carry it, and words as an example. */
export interface ErrorCode {
  readonly kinds: readonly ErrorKind[];
  readonly message: string;
}

/** Every code that the sources throw. */
export const ERROR_CODES: Readonly<Record<string, ErrorCode>> = {
  already_member: { kinds: ['conflict'], message: 'This user is a member already' },
  billing_owner_only: { kinds: ['forbidden'], message: 'Only the billing owner can do this' },
  busy: { kinds: ['unavailable'], message: 'The same thing is being done already; try again' },
  cache_size_invalid: { kinds: ['defect'], message: 'maxRememberedOwners is …; it is a whole number from 2' },
  cache_ttl_invalid: { kinds: ['defect'], message: 'cacheTtlSeconds is …; it is a whole number from … to …' },
  cancel_scheduled: {
    kinds: ['conflict'],
    message: 'The subscription is cancelled already; undo that first',
  },
  capacity_not_taken: {
    kinds: ['defect'],
    message:
      'A handler guarded by … succeeded without taking its claim: call claim.take(tx) in the transaction of the thing',
  },
  catalog_invalid: { kinds: ['invalid'], message: 'The catalog cannot be used: …: …' },
  catalog_missing: { kinds: ['invalid', 'unavailable'], message: 'No catalog has been published yet' },
  catalog_stale: {
    kinds: ['conflict'],
    message:
      'This was based on version …, but version … is in force: look at what changed, then base it on that one',
  },
  catalog_unchanged: { kinds: ['conflict'], message: 'This says the same as version …, which is in force' },
  ceiling_size_invalid: { kinds: ['defect'], message: 'The size held against … is …' },
  change_in_progress: {
    kinds: ['conflict'],
    message: 'A change is being made right now; wait for its outcome',
  },
  change_under_way: {
    kinds: ['conflict'],
    message: 'The pending change takes place shortly; change the subscription after it',
  },
  checkout_required: {
    kinds: ['conflict'],
    message: 'Subscriptions are sold by checkout only; open a checkout instead',
  },
  clock_backwards: { kinds: ['invalid'], message: 'Our time only moves forward' },
  clock_too_far: { kinds: ['invalid'], message: 'Our time moves at most 20 years at once' },
  commands_busy: { kinds: ['unavailable'], message: '… is being changed elsewhere' },
  content_encoding_unsupported: { kinds: ['invalid'], message: 'Send the body without a content encoding' },
  control_token_refused: { kinds: ['unauthenticated'], message: 'The control token is missing or wrong' },
  customer_conflict: {
    kinds: ['conflict'],
    message: 'The payment provider knows this customer as somebody else',
  },
  customer_unknown: { kinds: ['invalid'], message: 'The payment provider (…) has no such customer' },
  draft_changed: {
    kinds: ['conflict'],
    message: 'Somebody changed this draft since you read it: read it again',
  },
  draft_closed: { kinds: ['conflict'], message: 'This draft was … and does not change any more' },
  duplicate_request: {
    kinds: ['conflict'],
    message: 'A request with this Idempotency-Key was granted already',
  },
  email_taken: {
    kinds: ['conflict'],
    message: 'There is already a member of staff with this e-mail address',
  },
  event_unreadable: { kinds: ['invalid'], message: 'The webhook body is not a readable JSON event' },
  expiry_past: { kinds: ['invalid'], message: 'The key would be expired already' },
  feature_in_use: {
    kinds: ['conflict'],
    message: 'Somebody has …: take it out of the plans that are held and end its overrides first',
  },
  feature_kind_fixed: {
    kinds: ['conflict'],
    message:
      'The kind of …, and whether it is counted by owner or organization, cannot change: use a new key',
  },
  feature_not_metered: { kinds: ['invalid'], message: '"…" is not counted in units' },
  feature_unknown: { kinds: ['invalid'], message: 'There is no feature "…"' },
  forbidden_key: { kinds: ['invalid'], message: 'A key would change the prototype of an object' },
  gate_misdeclared: { kinds: ['defect'], message: '' },
  idempotency_key_invalid: { kinds: ['invalid'], message: 'One Idempotency-Key, please' },
  idempotency_mismatch: { kinds: ['conflict'], message: 'This idempotency key was used for another request' },
  invalid_credentials: { kinds: ['unauthenticated'], message: '' },
  invalid_request: { kinds: ['invalid'], message: 'The request does not have the expected shape' },
  job_twice: { kinds: ['defect'], message: 'Two jobs named "…"' },
  lease_lost: { kinds: ['unavailable'], message: 'The lease "…" is no longer held' },
  malformed_json: { kinds: ['invalid'], message: 'The body is not JSON in UTF-8…' },
  malformed_url: { kinds: ['invalid'], message: 'The percent-encoding of the URL is broken' },
  meters_invalid: { kinds: ['invalid'], message: 'Name at least one feature' },
  no_subscription: { kinds: ['conflict'], message: 'There is no paid subscription; start with a checkout' },
  not_canceled: { kinds: ['conflict'], message: 'No cancellation is scheduled' },
  not_for_sale: { kinds: ['invalid'], message: 'The plan "…" is not …' },
  not_found: { kinds: ['not_found'], message: '… not found' },
  not_pausable: { kinds: ['conflict'], message: 'Only an active subscription can be paused; this one is …' },
  not_paused: { kinds: ['conflict'], message: 'The subscription is not paused' },
  not_settled: {
    kinds: ['unavailable'],
    message: 'Something that is due was not done within 30 seconds; does a worker run?',
  },
  nothing_bought: { kinds: ['conflict'], message: 'Nothing has been bought yet; start with a checkout' },
  nothing_pending: { kinds: ['conflict'], message: 'No change is pending' },
  organization_mismatch: {
    kinds: ['invalid'],
    message: 'The API key does not act in the organization that the header names',
  },
  origin_refused: {
    kinds: ['forbidden'],
    message: 'Staff writes must come from our own pages: send the header "Origin: …"',
  },
  override_invalid: { kinds: ['invalid'], message: '"…" takes …' },
  owner_invalid: { kinds: ['invalid'], message: 'Owner and organization are named by UUIDs' },
  owner_unresolved: { kinds: ['forbidden'], message: 'You are not a member of such an organization' },
  paused: { kinds: ['conflict'], message: 'The subscription is paused; resume it first' },
  payment_due: { kinds: ['conflict'], message: 'A payment is due; pay it first' },
  permission_missing: { kinds: ['forbidden'], message: 'Your role does not allow this' },
  permission_undeclared: { kinds: ['forbidden'], message: 'This route declares no permission' },
  plan_conflict: { kinds: ['conflict'], message: 'They hold the plan "…" already, which includes more' },
  plan_in_use: { kinds: ['conflict'], message: 'Somebody holds …: move them to another plan first' },
  plan_unchanged: { kinds: ['conflict'], message: 'The subscription is just like that already' },
  plan_unknown: { kinds: ['invalid'], message: 'There is no plan "…"' },
  prepaid_time: {
    kinds: ['conflict'],
    message: 'Until the time paid for at the other provider is over, no more can be bought',
  },
  price_not_on_sale: { kinds: ['conflict'], message: 'This plan cannot be bought right now' },
  provider_ambiguous: { kinds: ['invalid'], message: 'The headers claim two payment providers at once' },
  provider_misconfigured: { kinds: ['defect'], message: 'The payment provider (…) is misconfigured: …' },
  provider_refused: { kinds: ['conflict'], message: '' },
  provider_unavailable: {
    kinds: ['unavailable'],
    message: 'The payment provider (…) cannot be reached right now',
  },
  quantity_invalid: { kinds: ['invalid'], message: 'A quantity is a whole number from 1' },
  quantity_overflow: { kinds: ['invalid'], message: 'The count would become too large' },
  range_invalid: { kinds: ['invalid'], message: 'Ask for what lies between 1970 and 9999' },
  rates_unavailable: { kinds: ['unavailable'], message: 'Rates cannot be counted right now' },
  resume_too_early: { kinds: ['invalid'], message: 'The pause has to begin before it ends' },
  resumes_by_hand: {
    kinds: ['conflict'],
    message: 'This subscription can be paused only until it is resumed',
  },
  return_url_refused: {
    kinds: ['invalid'],
    message: 'People can only be sent back to an address of this application',
  },
  role_required: { kinds: ['forbidden'], message: 'Only owners and admins manage API keys' },
  sandbox_refused: { kinds: ['invalid'], message: '' },
  sandbox_unavailable: { kinds: ['unavailable'], message: 'What answers as the sandbox is none' },
  seat_pricing_stays: {
    kinds: ['conflict'],
    message: 'A plan that is priced per seat has to end before one that is not begins: cancel first',
  },
  seats_invalid: { kinds: ['invalid'], message: '' },
  selling_disabled: { kinds: ['conflict'], message: 'Plans are not sold here; ask the team to give you one' },
  sign_in_elsewhere: {
    kinds: ['not_found'],
    message: 'Sign in at the identity provider of this installation',
  },
  signature_refused: {
    kinds: ['unauthenticated'],
    message: 'The webhook signature is missing, wrong or out of date',
  },
  staff_required: { kinds: ['forbidden'], message: 'Only staff can do this' },
  subscription_changed: {
    kinds: ['conflict'],
    message: 'The subscription has changed meanwhile; look again',
  },
  subscription_exists: { kinds: ['conflict'], message: 'There is a paid subscription already; …' },
  sync_busy: { kinds: ['unavailable'], message: '… is being synchronised elsewhere' },
  tax_code_missing: { kinds: ['invalid'], message: 'The plan … needs the tax code of a digital product' },
  token_expired: { kinds: ['unauthenticated'], message: 'The access token has expired' },
  too_deep: { kinds: ['invalid'], message: 'JSON may be nested … levels deep' },
  too_many_attempts: { kinds: ['rate_limited'], message: 'Too many attempts; wait before the next one' },
  too_many_values: { kinds: ['invalid'], message: 'JSON may hold … values here' },
  unauthenticated: { kinds: ['unauthenticated'], message: 'Sign in to use this' },
  unavailable: { kinds: ['unavailable'], message: 'This cannot be decided right now' },
  unsupported_characters: { kinds: ['invalid'], message: 'NUL is not accepted in a URL' },
  until_past: { kinds: ['invalid'], message: 'The end must lie in the future' },
  upgrade_unpaid: {
    kinds: ['conflict'],
    message: 'An upgrade is charged with the next renewal; pause after it, or cancel',
  },
  usage_refused: { kinds: ['invalid'], message: 'These units cannot be stored' },
  usage_unavailable: { kinds: ['unavailable'], message: 'Usage cannot be counted right now' },
  user_required: { kinds: ['forbidden'], message: 'Only a signed-in user can do this, not a key' },
  work_handler_missing: { kinds: ['defect'], message: 'No handler for work of kind "…"' },
  work_handler_twice: { kinds: ['defect'], message: 'Two handlers for work of kind "…"' },
};
