import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { InvalidRequestError } from '@tollgate/kernel';
import { mostValuesOf } from './large-bodies.js';
import { parseJsonBody } from './parse-json-body.js';
import { RAW_BODY_LIMIT, takesRawBody } from './raw-body.js';

/** The largest JSON body, in bytes. */
export const JSON_BODY_LIMIT = 1024 * 1024;

const RAW_TYPE = 'application/octet-stream';

/**
 * Replaces Fastify's body parsers: raw bytes for routes that verify a signature, strict JSON everywhere else, and
 * no other type. Used with `NestFactory.create(…, { bodyParser: false })`, before the first route is registered.
 */
export function installBodyParsing(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const refusal = refuseEncodedBody(request);
    // The type that a provider claims says nothing about the bytes it signed; every one goes to the raw parser.
    if (takesRawBody(request)) request.raw.headers['content-type'] = RAW_TYPE;
    done(refusal ?? undefined);
  });
  fastify.addContentTypeParser(
    RAW_TYPE,
    { parseAs: 'buffer', bodyLimit: RAW_BODY_LIMIT },
    (request, body: Buffer, done) => {
      if (!takesRawBody(request)) return done(new UnsupportedMediaTypeException('Send JSON'));
      request.rawBody = body;
      return done(null, body);
    },
  );
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: JSON_BODY_LIMIT },
    (request, body: Buffer, done) => {
      try {
        done(null, parseJsonBody(body, mostValuesOf(request)));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function refuseEncodedBody(request: FastifyRequest): Error | null {
  const encoding = request.headers['content-encoding'];
  if (encoding === undefined || encoding.trim().toLowerCase() === 'identity') return null;
  return new InvalidRequestError('content_encoding_unsupported', 'Send the body without a content encoding');
}
