import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorAnswer } from './error-answer.js';
import { errorLogText } from './error-log-text.js';

/** The one place where errors become answers: catches everything, shows only what was meant to be shown. */
@Catch()
export class DomainErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger(DomainErrorFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (isCutShort(request)) {
      reply.raw.destroy();
      return;
    }
    const { status, body, retryAfter, logged } = errorAnswer(error, request.id);
    if (logged) {
      const route = `${request.method} ${request.routeOptions.url ?? '(no route)'}`;
      const heading = `${status} on ${route}, request ${request.id}: `;
      if (status === 500) this.logger.error(heading + errorLogText(error));
      // A part that is down fails everywhere alike: where from is no news, and there are many of these at once.
      else this.logger.warn(heading + errorLogText(error).split('\n', 1)[0]);
    }
    if (reply.sent || reply.raw.headersSent) {
      // Half an answer is out already; cutting the connection is the only honest way to say it failed.
      reply.raw.destroy();
      return;
    }
    if (retryAfter !== null) void reply.header('retry-after', String(Math.ceil(retryAfter)));
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply.status(status).type('application/json; charset=utf-8').send(body);
  }
}

/**
 * Whether the caller hung up in the middle of the request: nobody is left to be answered. What is thrown then names the
 * connection that broke, and must not be taken for ours to the database.
 */
function isCutShort({ raw }: FastifyRequest): boolean {
  return raw.errored !== null && !raw.complete;
}
