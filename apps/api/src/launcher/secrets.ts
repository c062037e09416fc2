import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writePrivate } from './data-directory.js';

const stored = z.object({
  polarAccessToken: z.string().min(1),
  polarWebhookSecret: z.string().min(1),
  stripeSecretKey: z.string().min(1),
  stripeWebhookSecret: z.string().min(1),
  jwtSecret: z.string().min(1),
});

/** Random secrets of one data directory; the same on every start, so that sessions and signatures stay valid. */
export type LocalSecrets = z.infer<typeof stored>;

/** Reads the secrets of a data directory (`secrets.json`, 0600), or makes them. */
export function localSecrets(dataDir: string): LocalSecrets {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) {
    const kept = stored.safeParse(json(readFileSync(file, 'utf8')));
    if (kept.success) return kept.data;
  }
  const made: LocalSecrets = {
    polarAccessToken: `polar_oat_${random()}`,
    polarWebhookSecret: `polar_whs_${random()}`,
    stripeSecretKey: `sk_test_${random()}`,
    stripeWebhookSecret: `whsec_${random()}`,
    jwtSecret: random(),
  };
  writePrivate(file, `${JSON.stringify(made, null, 2)}\n`);
  return made;
}

/** A new token for this run's control routes, left 0600 in `control-token`. */
export function mintControlToken(dataDir: string): string {
  const token = `tgc_${random()}`;
  writePrivate(controlTokenFile(dataDir), `${token}\n`);
  return token;
}

/** Where the run's control token stands. */
export function controlTokenFile(dataDir: string): string {
  return join(dataDir, 'control-token');
}

function random(): string {
  return randomBytes(24).toString('hex');
}

/** A file cut short by a crash counts as none. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
