import type { INestApplication, Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  EntitlementsTestingModule,
  type EntitlementsTestingOptions,
  type TestEntitlements,
  type TestOverrides,
} from '@tollgate/entitlements/testing';
import { Caller } from '../../support/caller.js';
import { type AdapterName, createAdapter } from '../../support/guarded/adapters.js';
import { NeutralErrorFilter } from '../../support/guarded/neutral-error.filter.js';
import { PapersController, PapersOwnership } from './kit-controller.js';

/** A guarded controller with the testing module and nothing else. */
export interface KitApp {
  readonly app: INestApplication;
  readonly caller: Caller;
}

/** What a test of the kit varies. */
export interface KitAppOptions extends EntitlementsTestingOptions {
  readonly adapter?: AdapterName;
  readonly controllers?: Type[];
}

/** Starts it on a free port of this machine; close `app` afterwards. */
export async function createKitApp(
  entitlements?: TestOverrides | TestEntitlements,
  { adapter = 'fastify', controllers = [PapersController], ...options }: KitAppOptions = {},
): Promise<KitApp> {
  const module = await Test.createTestingModule({
    imports: [EntitlementsTestingModule.forRoot(entitlements, options)],
    controllers,
    providers: [PapersOwnership, { provide: APP_FILTER, useClass: NeutralErrorFilter }],
  }).compile();
  const app = module.createNestApplication(createAdapter(adapter), { logger: false });
  await app.listen(0, '127.0.0.1');
  return { app, caller: new Caller(await app.getUrl()) };
}
