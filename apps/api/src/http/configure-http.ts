import fastifyCookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { installBodyParsing } from './body-parsing.js';
import { closeInTime } from './close-in-time.js';
import { DomainErrorFilter } from './domain-error.filter.js';
import { installRequestHooks } from './request-hooks.js';
import { createValidationPipe } from './validation.pipe.js';

/**
 * Gives the application its HTTP manners: body parsing, URL checks, security headers, cookies, validation and
 * the error filter. Called once between `NestFactory.create(…, createFastifyAdapter(), { bodyParser: false })`
 * and `init` or `listen`; the same for the program and for tests.
 */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  installRequestHooks(fastify);
  closeInTime(fastify);
  installBodyParsing(fastify);
  await app.register(fastifyCookie);
  app.useGlobalFilters(new DomainErrorFilter());
  app.useGlobalPipes(createValidationPipe());
}
