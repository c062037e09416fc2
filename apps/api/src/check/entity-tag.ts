import { hash } from 'node:crypto';

/** The strong entity tag of a body, with its quotes: bodies that differ in one byte differ in it. */
export function entityTag(body: string): string {
  return `"${hash('sha256', body, 'base64url').slice(0, 27)}"`;
}

/**
 * Whether an `If-None-Match` header says that the client holds the body behind `tag`. By RFC 9110 the comparison is
 * weak, and `*` stands for anything.
 */
export function holdsAlready(header: string | string[] | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const held = (Array.isArray(header) ? header.join(',') : header).split(',').map((one) => one.trim());
  return held.some((one) => one === '*' || one.replace(/^W\//, '') === tag);
}
