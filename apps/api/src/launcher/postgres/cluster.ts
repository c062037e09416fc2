import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ServerAccount } from './account.js';
import { spawnIdentity } from './account.js';
import type { Binaries } from './binaries.js';
import { explainFailure, PostgresLaunchError } from './postgres.errors.js';
import { SERVER_ENVIRONMENT } from './server-environment.js';

/** The only role of the embedded server, and the database it owns. */
export const ROLE = 'tollgate';

/** The major version the published binaries have; data of another one cannot be opened. */
const MAJOR = '18';

/** A database cluster on disk: Postgres' own folder and the password of `ROLE`. */
export interface Cluster {
  readonly pgdata: string;
  readonly password: string;
}

/**
 * Opens the cluster in `place`, or makes it. It is made beside its final name, so that a killed initdb leaves no
 * half of one.
 */
export async function openCluster(
  place: string,
  account: ServerAccount,
  binaries: Binaries,
  options: { readonly sync: boolean; readonly log: (line: string) => void },
): Promise<Cluster> {
  const pgdata = join(place, 'pgdata');
  const passwordFile = join(place, 'password');
  if (existsSync(pgdata)) return existingCluster(pgdata, passwordFile);
  for (const left of readdirSync(place).filter((name) => name.startsWith('pgdata.'))) {
    rmSync(join(place, left), { recursive: true, force: true });
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.switched) chownSync(passwordFile, account.uid, account.gid);
  const draft = `${pgdata}.${randomBytes(4).toString('hex')}`;
  mkdirSync(draft, { mode: 0o700 });
  if (account.switched) chownSync(draft, account.uid, account.gid);
  options.log('creating the database cluster');
  await initdb(binaries, account, [
    `--pgdata=${draft}`,
    `--pwfile=${passwordFile}`,
    ...(options.sync ? [] : ['--no-sync']),
  ]);
  renameSync(draft, pgdata);
  return { pgdata, password };
}

function existingCluster(pgdata: string, passwordFile: string): Cluster {
  const version = readFileSync(join(pgdata, 'PG_VERSION'), 'utf8').trim();
  if (version !== MAJOR) {
    throw new PostgresLaunchError(
      'wrong_version',
      `${pgdata} was made by Postgres ${version}, the embedded one is ${MAJOR}. Move the folder away to start empty, or set DATABASE_URL.`,
    );
  }
  const password = existsSync(passwordFile) ? readFileSync(passwordFile, 'utf8').trim() : '';
  if (password !== '') return { pgdata, password };
  throw new PostgresLaunchError(
    'password_missing',
    `${passwordFile} is missing, so nobody can sign in to the database beside it. Put it back, or move ${pgdata} away to start empty.`,
  );
}

async function initdb(binaries: Binaries, account: ServerAccount, args: readonly string[]): Promise<void> {
  const child = spawn(
    binaries.initdb,
    [
      ...args,
      `--username=${ROLE}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    { cwd: '/', env: SERVER_ENVIRONMENT, stdio: ['ignore', 'pipe', 'pipe'], ...spawnIdentity(account) },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    const fail = () => reject(explainFailure('The database could not be created', output));
    child.once('error', (cause) => reject(explainFailure('initdb could not be started', cause.message)));
    child.once('close', (code) => (code === 0 ? resolve() : fail()));
  });
}
