import { afterAll, beforeAll } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ManualClock } from '@tollgate/kernel';
import { UsageMeter, UsageModule } from '../../../libs/usage/src/index.js';
import { createLibsApp, type LibsApp } from '../../support/libs-app.js';
import { NOON } from './usage-calls.js';

/** What counts, and the rows that it counts in. */
export interface MeteringApp {
  readonly app: INestApplicationContext;
  readonly usage: UsageMeter;
  readonly database: DataSource;
}

/** Starts what counts before the tests of a file, on a database of its own, and closes it after them. */
export function meteringApp(): MeteringApp {
  let libs: LibsApp | undefined;
  const open = (): LibsApp => {
    if (!libs) throw new Error('the tests have not begun');
    return libs;
  };
  beforeAll(async () => {
    // At the instant most tests count at: units of a day gone by are counted in another way.
    libs = await createLibsApp([UsageModule], { clock: new ManualClock(NOON) });
  });
  afterAll(() => libs?.close());
  return {
    get app() {
      return open().app;
    },
    get usage() {
      return open().app.get(UsageMeter);
    },
    get database() {
      return open().database;
    },
  };
}
