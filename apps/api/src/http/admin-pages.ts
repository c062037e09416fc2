import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Serves the built dashboard under `/admin/`; a checkout without a build simply has none. */
export async function serveAdmin(app: NestFastifyApplication, directory: string): Promise<void> {
  if (!existsSync(directory)) return;
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic, {
    root: directory,
    prefix: '/admin/',
    decorateReply: false,
    index: 'index.html',
  });
  fastify.get('/admin', (_, reply) => reply.redirect('/admin/'));
}
