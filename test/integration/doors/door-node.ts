import type { INestApplication } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Caller } from '../../support/caller.js';

/** One process of a test application. */
export interface DoorNode {
  readonly app: INestApplication;
  readonly database: DataSource;
  readonly anonymous: Caller;
  close(): Promise<void>;
}
