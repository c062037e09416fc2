import { Body, Controller, Get, Put, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { z } from 'zod';
import { Clock } from '@tollgate/kernel';
import { LoopbackGuard } from '../http/loopback.guard.js';
import { ChecksItsOwnCredentials } from '../http/public.decorator.js';
import { ControlTokenGuard } from './control-token.guard.js';
import { TestClockMover } from './test-clock-mover.service.js';

const clockForm = z.strictObject({
  now: z.iso.datetime({ offset: true }),
  freeze: z.boolean().default(false),
});
type ClockForm = z.infer<typeof clockForm>;

/** Moves our time, for rehearsals and tests: this machine only, with the run's control token. */
@ApiExcludeController()
@ChecksItsOwnCredentials()
@UseGuards(LoopbackGuard, ControlTokenGuard)
@Controller('test/clock')
export class TestClockController {
  constructor(
    private readonly clock: Clock,
    private readonly mover: TestClockMover,
  ) {}

  /** Our present instant. */
  @Get()
  show(): object {
    return { now: this.clock.now().toISOString() };
  }

  /** Moves forward to an instant, and answers when everything that fell due on the way is done. */
  @Put()
  async move(@Body({ schema: clockForm }) { now, freeze }: ClockForm): Promise<object> {
    await this.mover.move(new Date(now), freeze);
    return this.show();
  }
}
