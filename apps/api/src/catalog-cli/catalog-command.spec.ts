import { describe, expect, it } from '@jest/globals';
import { catalogCommand } from './catalog-command.js';

const SEED = 'apps/api/src/database/seeds/catalog.ts';

describe('the command line of the catalog', () => {
  it.each([
    [['diff'], { verb: 'diff', file: SEED }],
    [['pull', '--file', 'a.ts'], { verb: 'pull', file: 'a.ts' }],
    [['push', '--reason', ' more '], { verb: 'push', file: SEED, reason: 'more', base: null }],
    [['push', '--reason=more', '--base=12'], { verb: 'push', file: SEED, reason: 'more', base: 12 }],
  ])('reads %j', (args, command) => {
    expect(catalogCommand(args)).toEqual(command);
  });

  it.each([
    [[], /Say diff, pull or push/],
    [['publish'], /"publish" is not/],
    [['diff', 'more'], /one word too many/],
    [['diff', '--reason', 'why not'], /belong to push/],
    [['diff', '--verbose'], /verbose/],
    [['push'], /needs --reason/],
    [['push', '--reason', '  '], /needs --reason/],
    [['push', '--reason', 'x'.repeat(501)], /needs --reason/],
    [['push', '--reason', 'a test', '--base', 'two'], /not the number of a version/],
    [['push', '--reason', 'a test', '--base', '0'], /not the number of a version/],
  ])('refuses %j', (args, why) => {
    expect(() => catalogCommand(args)).toThrow(why);
  });
});
