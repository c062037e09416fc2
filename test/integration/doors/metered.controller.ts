import {
  BadRequestException,
  Body,
  type CanActivate,
  Controller,
  ForbiddenException,
  Get,
  HttpException,
  Injectable,
  Param,
  ParseIntPipe,
  Post,
  Res,
  UseGuards,
} from '@nestjs/common';
import { BilledTo, Consumes, RequiresFeature } from '@tollgate/entitlements';
import { Outside } from './outside.js';

/** A guard that stands behind those of the doors, and lets nobody in. */
@Injectable()
class NobodyGuard implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

/** Handlers that end in every way, each behind a quota. */
@BilledTo({ by: 'caller' })
@Controller('metered')
export class MeteredController {
  constructor(private readonly outside: Outside) {}

  @Post('runs')
  @Consumes('runs', { quantity: ({ units = 1 }: { units?: number } = {}) => units })
  run(@Body() _form: { units?: number }): string {
    return this.outside.call('run');
  }

  @Post('runs/ending/:status')
  @Consumes('runs')
  end(@Param('status', ParseIntPipe) status: number): string {
    this.outside.call(`ended ${status}`);
    throw status === 0 ? new Error('unforeseen') : new HttpException('as told', status);
  }

  @Post('runs/writing/:status')
  @Consumes('runs')
  write(
    @Param('status', ParseIntPipe) status: number,
    @Res({ passthrough: true }) response: { status(code: number): unknown },
  ): string {
    response.status(status);
    return 'written';
  }

  @UseGuards(NobodyGuard)
  @Post('runs/guarded')
  @Consumes('runs')
  guarded(): string {
    return this.outside.call('guarded');
  }

  @Post('reviews/ending/:status')
  @Consumes('reviews')
  review(@Param('status', ParseIntPipe) status: number): string {
    throw new HttpException('as told', status);
  }

  @Post('both')
  @Consumes(['runs', 'reviews'])
  both(): string {
    return this.outside.call('both');
  }

  @Post('rushed')
  @Consumes('rushed')
  rush(): string {
    return this.outside.call('rushed');
  }

  @Post('rushed/and/tight')
  @Consumes(['rushed', 'tight'])
  rushTight(): string {
    return this.outside.call('rushed and tight');
  }

  @Get('paced')
  @RequiresFeature('paced')
  pace(): string {
    return 'paced';
  }

  @Post('runs/long')
  @Consumes('runs')
  async runLong(): Promise<string> {
    this.outside.call('long');
    await this.outside.goOn.opened;
    return this.outside.call('done');
  }

  @Post('exports')
  @Consumes('exports')
  export(): string {
    return this.outside.call('export');
  }

  @Get('keyed')
  @RequiresFeature('keyed')
  keyed(): string {
    return 'keyed';
  }

  @Post('runs/bad')
  @Consumes('runs')
  bad(): never {
    throw new BadRequestException();
  }
}
