import { describe, expect, it } from '@jest/globals';
import { nameSchema } from './user.schemas.js';

describe('a name', () => {
  it.each<[string, string, boolean]>([
    ['of 200 characters', 'x'.repeat(200), true],
    ['of 201 characters', 'x'.repeat(201), false],
    ['that normalising makes 198 characters long', 'ﷺ'.repeat(11), true],
    ['that normalising makes 216 characters long', 'ﷺ'.repeat(12), false],
    ['that normalising makes 3,600 characters long', 'ﷺ'.repeat(200), false],
  ])('%s', (_name, name, isTaken) => {
    expect(nameSchema.safeParse(name).success).toBe(isTaken);
  });
});
