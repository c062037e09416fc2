import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { UnavailableError } from '@tollgate/kernel';
import { ApiErrors } from './api-errors.decorator.js';
import { Public } from './public.decorator.js';

const PING_WITHIN_MS = 1_000;
const health = z.object({ status: z.literal('ok') });

/** For whoever supervises the process: is it alive, and should requests be sent to it. */
@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly dataSource: DataSource) {}

  @Get('live')
  @ApiOperation({ summary: '200 as long as the process answers at all' })
  @ApiOkResponse({ standardSchema: health })
  live(): z.infer<typeof health> {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({ summary: '200 when the database answers within a second; 503 `unavailable` otherwise' })
  @ApiOkResponse({ standardSchema: health })
  @ApiErrors(503)
  async ready(): Promise<z.infer<typeof health>> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(databaseAway()), PING_WITHIN_MS);
    });
    try {
      await Promise.race([this.dataSource.query('select 1'), late]);
      return { status: 'ok' };
    } catch (cause) {
      throw databaseAway(cause);
    } finally {
      clearTimeout(timer);
    }
  }
}

function databaseAway(cause?: unknown): UnavailableError {
  return new UnavailableError('unavailable', 'The database does not answer', 1, { cause });
}
