import { Injectable } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import type { ScheduledJob } from './scheduled-job.js';

/** The scheduled jobs of this process; filled by the rooms when their module starts. */
@Injectable()
export class JobRegistry {
  private readonly byName = new Map<string, ScheduledJob>();

  /** Declares a job; names are unique. */
  register(job: ScheduledJob): void {
    if (this.byName.has(job.name))
      throw new DomainError('defect', 'job_twice', `Two jobs named "${job.name}"`);
    this.byName.set(job.name, job);
  }

  /** All jobs, in the order of their declaration. */
  all(): ScheduledJob[] {
    return [...this.byName.values()];
  }
}
