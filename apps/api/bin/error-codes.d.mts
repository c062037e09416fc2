import type { ErrorKind } from '@tollgate/kernel';

/** Every code that a source throws, each time it does. */
export function codesIn(text: string): { code: string; kind: string; message: string }[];

/** The codes of all sources, in order. */
export function allCodes(): [code: string, { kinds: Set<ErrorKind>; message: string }][];
