import { describe, expect, it } from '@jest/globals';
import { USAGE } from './catalog-command.js';
import { EXIT, runCatalogCli } from './run-catalog-cli.js';

describe('the program behind npm run catalog', () => {
  it.each([['--help'], ['-h'], ['push', '--help']])(
    'says how it is called, without a database: %j',
    async (...args) => {
      const printed: string[] = [];
      const complaints: string[] = [];
      const code = await runCatalogCli(args, {
        root: '.',
        databaseUrl: null,
        clock: 'system',
        print: (line) => printed.push(line),
        complain: (line) => complaints.push(line),
      });
      expect({ code, printed, complaints }).toEqual({ code: EXIT.fine, printed: [USAGE], complaints: [] });
    },
  );
});
