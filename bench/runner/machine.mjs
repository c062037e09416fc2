import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';

/** What a reader needs to judge absolute figures. */
export function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
  };
}
