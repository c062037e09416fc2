import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { errorAnswer } from '../../../apps/api/src/http/error-answer.js';

/** Answers errors as the application does, on whatever adapter. */
@Injectable()
@Catch()
export class NeutralErrorFilter implements ExceptionFilter {
  constructor(private readonly adapter: HttpAdapterHost) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { status, body } = errorAnswer(error, 'request-1');
    this.adapter.httpAdapter.reply(host.switchToHttp().getResponse(), body, status);
  }
}
