import { describe, expect, it } from '@jest/globals';
import { allCodes, codesIn } from '../../apps/api/bin/error-codes.mjs';
import { ERROR_CODES } from '../../apps/api/src/http/error-codes.js';

describe('the list of error codes', () => {
  it('EE-15 is what the sources throw; when it is not: node apps/api/bin/error-codes.mjs', () => {
    const thrown = allCodes().map(([code, { kinds, message }]) => [
      code,
      { kinds: [...kinds].toSorted(), message },
    ]);
    expect(ERROR_CODES).toEqual(Object.fromEntries(thrown));
  });

  it.each([
    [`throw new ConflictError('email_taken', 'Taken')`, 'email_taken', 'conflict', 'Taken'],
    [`throw new InvalidRequestError('odd', \`No \${x} here\`)`, 'odd', 'invalid', 'No … here'],
    [`throw new UnavailableError('away', words)`, 'away', 'unavailable', ''],
    [`throw new DomainError('forbidden', 'not_you', 'No')`, 'not_you', 'forbidden', 'No'],
    [
      `class A extends DomainError { constructor() { super('not_found', 'gone', 'Gone'); } }`,
      'gone',
      'not_found',
      'Gone',
    ],
    [`class A extends ConflictError {}\nthrow new A('late', 'Late')`, 'late', 'conflict', 'Late'],
  ])('is read from %s', (text, code, kind, message) => {
    expect(codesIn(text)).toEqual([{ code, kind, message }]);
  });

  it.each([
    `class A extends Other { constructor() { super('not_found', 'gone', 'Gone'); } }`,
    `throw new Error('email_taken')`,
    `new DomainError('defect', code, 'x')`,
  ])('is not read from %s', (text) => {
    expect(codesIn(text)).toEqual([]);
  });
});
