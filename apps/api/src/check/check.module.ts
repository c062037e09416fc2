import { Module } from '@nestjs/common';
import { AskedCallers } from './asked-callers.service.js';
import { CheckController } from './check.controller.js';
import { Checks } from './checks.service.js';
import { SnapshotController } from './snapshot.controller.js';

/** Decisions over HTTP, for callers in other languages and for screens. */
@Module({
  controllers: [CheckController, SnapshotController],
  providers: [Checks, AskedCallers],
  exports: [Checks],
})
export class CheckModule {}
