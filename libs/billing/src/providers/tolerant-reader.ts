/**
 * Readers for objects that a provider sent us. They trust no type: whatever is missing, of another shape or not
 * storable becomes null, and only own properties are seen (a `__proto__` key in JSON is data, never a prototype).
 */

const LONGEST_ID = 255;
const LONGEST_METADATA_VALUE = 500;
/** What jsonb and text columns refuse: NUL and half of a surrogate pair. */
const NOT_STORABLE = /\0|\p{Surrogate}/u;
const PROVIDER_ID = /^[\w-]{1,255}$/;
const POLLUTING_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
const LATEST_EPOCH_MILLISECONDS = Date.UTC(9999, 11, 31);
const HAS_OFFSET = /(?:z|[+-]\d{2}:?\d{2})$/i;

/** Whether `value` is a JSON object (not an array, not null). */
export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value under `path`, through own properties only; undefined as soon as a step is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (!isJsonObject(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** A non-empty text of at most `longest` characters that Postgres can store; otherwise null. */
export function asText(value: unknown, longest = LONGEST_ID): string | null {
  if (typeof value !== 'string' || value === '' || value.length > longest) return null;
  return NOT_STORABLE.test(value) ? null : value;
}

/** An id in the form that both providers use, safe to stand in a path; otherwise null. */
export function asProviderId(value: unknown): string | null {
  return typeof value === 'string' && PROVIDER_ID.test(value) ? value : null;
}

/** The text of an absolute http(s) URL; otherwise null. */
export function asUrl(value: unknown): string | null {
  const isUrl = typeof value === 'string' && /^https?:\/\//i.test(value) && URL.canParse(value);
  return isUrl ? value : null;
}

/** The id of a reference that may stand as an id or as the expanded object. */
export function asReference(value: unknown): string | null {
  return asText(value) ?? asText(at(value, 'id'));
}

/** A safe integer ≥ 0; otherwise null. */
export function asCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** An instant written as ISO 8601; without an offset it is read as UTC. */
export function asInstant(value: unknown): Date | null {
  const text = asText(value);
  if (text === null) return null;
  return plausible(Date.parse(text.includes('T') && !HAS_OFFSET.test(text) ? `${text}Z` : text));
}

/** An instant written as seconds since 1970. */
export function asEpoch(value: unknown): Date | null {
  return typeof value === 'number' ? plausible(value * 1000) : null;
}

/** The elements of a list; empty when it is none. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The string-valued entries of a metadata object; other kinds of values and polluting keys are left out. */
export function asTextMap(value: unknown): Record<string, string> {
  if (!isJsonObject(value)) return {};
  const entries = Object.entries(value).flatMap(([key, raw]): [string, string][] => {
    const text = asText(raw, LONGEST_METADATA_VALUE);
    return text === null || asText(key) === null || POLLUTING_KEYS.has(key) ? [] : [[key, text]];
  });
  return Object.fromEntries(entries);
}

function plausible(milliseconds: number): Date | null {
  const inRange = milliseconds >= 0 && milliseconds <= LATEST_EPOCH_MILLISECONDS;
  return inRange ? new Date(milliseconds) : null;
}
