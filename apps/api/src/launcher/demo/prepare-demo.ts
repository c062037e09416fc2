import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Clock, DomainError } from '@tollgate/kernel';
import type { Config } from '../../config/config.js';
import { TestClockMover } from '../../test-clock/test-clock-mover.service.js';
import { writePrivate } from '../data-directory.js';
import { DemoKeys } from './demo-keys.service.js';
import { DEMO_STAFF } from './demo-people.js';
import { DemoStaff } from './demo-staff.service.js';
import { DemoTenants } from './demo-tenants.service.js';
import type { ScreenFacts } from './screen.js';
import { StoryPerson } from './story-person.service.js';

const A_GOOD_MONTH_MS = 32 * 24 * 60 * 60 * 1000;

/** Makes demo people, staff and keys, and says what the screen shows. */
export async function prepareDemo(
  app: NestFastifyApplication,
  config: Config,
  dataDir: string,
): Promise<ScreenFacts> {
  const personPassword = keptPassword(join(dataDir, 'demo-password'));
  await app.get(DemoTenants).ensure(personPassword);
  const person = await app.get(StoryPerson).find(personPassword);
  if (config.testClock) await bringSandboxAlong(app);
  const now = app.get(Clock).now();
  return {
    appUrl: config.http.appUrl,
    sandboxUrl: config.testClock?.sandboxUrl ?? null,
    controlToken: config.testClock?.controlToken ?? null,
    selling: config.payments.selling,
    person,
    personPassword,
    apiKey: await app.get(DemoKeys).renew(person.id),
    staffEmail: DEMO_STAFF.email,
    staffSecret: await renewStaff(app, dataDir),
    nextMonth: new Date(now.getTime() + A_GOOD_MONTH_MS).toISOString(),
  };
}

/** A sandbox that lags only makes the story less true; without the API nobody could move the clock at all. */
async function bringSandboxAlong(app: NestFastifyApplication): Promise<void> {
  try {
    await app.get(TestClockMover, { strict: false }).bringSandboxAlong();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    new Logger('Demo').warn(`the sandbox's clock is not at our time: ${error.message} (${error.code})`);
  }
}

/** A staff password opens every tenant, so it is shown to a person at a terminal only; a log gets a path. */
async function renewStaff(app: NestFastifyApplication, dataDir: string): Promise<string> {
  const password = newPassword();
  await app.get(DemoStaff).renew(password);
  if (process.stdout.isTTY) return `password ${password}`;
  const file = join(dataDir, 'staff-password');
  writePrivate(file, `${password}\n`);
  return `password in ${file}`;
}

function keptPassword(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = newPassword();
  writePrivate(file, `${password}\n`);
  return password;
}

function newPassword(): string {
  return randomBytes(12).toString('base64url');
}
