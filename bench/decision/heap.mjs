import { inProject } from '../../apps/api/bin/project.mjs';
import { below } from '../runner/bars.mjs';
import { Child } from '../runner/child.mjs';

const MOST_MB = 75;

/** What a process holds that remembers so many owners, each in person and with an organization of its own. */
export async function heap({ owners, say }) {
  const child = new Child(inProject('bench/decision/heap-child.mjs'), { nodeFlags: ['--expose-gc'] });
  try {
    const { megabytes, known } = await child.ask('remember', { owners });
    if (known !== owners) throw new Error(`of ${owners} owners ${known} were remembered`);
    const name = `${owners.toLocaleString('en')} warm owners, each with an organization`;
    say(name);
    return {
      rows: [{ name, megabytes: Number(megabytes.toFixed(1)) }],
      bars: [below(`${name}: MB of heap`, megabytes, MOST_MB)],
    };
  } finally {
    await child.end();
  }
}
