import { type DynamicModule, Module } from '@nestjs/common';
import { PlanChangesModule } from '@tollgate/billing';
import { Settling } from './settling.service.js';
import { TestClockMover } from './test-clock-mover.service.js';
import { TestClockController } from './test-clock.controller.js';
import { TEST_CLOCK_OPTIONS, type TestClockOptions } from './test-clock.options.js';

/** `/test/clock`: composed only when the test clock is switched on. */
@Module({})
export class TestClockModule {
  static forRoot(options: TestClockOptions): DynamicModule {
    return {
      module: TestClockModule,
      imports: [PlanChangesModule],
      controllers: [TestClockController],
      providers: [Settling, TestClockMover, { provide: TEST_CLOCK_OPTIONS, useValue: options }],
    };
  }
}
