import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IdGenerator } from '../ids/id-generator.js';
import { nextDue, type ScheduledJob } from './scheduled-job.js';

/** The rows about jobs: when each is due next, and a record of every run. */
@Injectable()
export class JobRuns {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ids: IdGenerator,
  ) {}

  /** Makes a row for each job that has none yet, due at once. */
  async declare(jobs: readonly ScheduledJob[], now: Date): Promise<void> {
    await this.dataSource.query(
      `insert into job (name, next_due_at) select name, $2 from unnest($1::text[]) as name on conflict do nothing`,
      [jobs.map((job) => job.name), now],
    );
  }

  /** Names of the jobs due at `now`. */
  async due(now: Date): Promise<string[]> {
    const rows = await this.dataSource.query<{ name: string }[]>(
      'select name from job where next_due_at <= $1 order by next_due_at, name',
      [now],
    );
    return rows.map((row) => row.name);
  }

  /** Records that a run began, and answers its id. */
  async start(name: string, at: Date): Promise<string> {
    const id = this.ids.next();
    await this.dataSource.query('insert into job_run (id, job_name, started_at) values ($1, $2, $3)', [
      id,
      name,
      at,
    ]);
    return id;
  }

  /** Records how the run ended and sets the next one; a failed run is due again at the next interval. */
  async finish(
    runId: string,
    job: ScheduledJob,
    at: Date,
    outcome: { readonly rows: number; readonly error: string | null },
  ): Promise<void> {
    await this.dataSource.query(
      `with ended as (update job_run set finished_at = $2, rows = $3, error = $4 where id = $1)
       update job set next_due_at = $6 where name = $5`,
      [runId, at, outcome.rows, outcome.error, job.name, nextDue(at, job.everyMs)],
    );
  }
}
