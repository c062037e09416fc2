import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type IdGenerator, UuidV7Generator } from '@tollgate/kernel';
import { JSON_BODY_LIMIT } from './body-parsing.js';
import { errorAnswer } from './error-answer.js';
import { securityHeaders } from './security-headers.js';

const HEADERS_WITHIN_MS = 15_000;
const REQUEST_WITHIN_MS = 30_000;
const LARGEST_HEADER_BYTES = 16 * 1024;
/** Longer than any id or key of ours. */
const LONGEST_PARAMETER = 300;

/**
 * The Fastify side of the application: limits against slow and oversized requests, our own request ids (none is
 * taken from outside), no trust in proxy headers.
 */
export function createFastifyAdapter(ids: IdGenerator = new UuidV7Generator()): FastifyAdapter {
  return new FastifyAdapter({
    genReqId: () => ids.next(),
    requestIdHeader: false,
    trustProxy: false,
    bodyLimit: JSON_BODY_LIMIT,
    requestTimeout: REQUEST_WITHIN_MS,
    http: { headersTimeout: HEADERS_WITHIN_MS, maxHeaderSize: LARGEST_HEADER_BYTES },
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    frameworkErrors: answerRouterError,
    clientErrorHandler: answerClientError,
  });
}

/** The router refuses a broken URL before any hook or filter of ours runs. */
function answerRouterError(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body } = errorAnswer(error, request.id);
  void reply.status(status).headers(securityHeaders('/')).header('x-request-id', request.id).send(body);
}

/** Bytes that are no HTTP request never become one; all that can be answered is a line on the socket. */
function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code] = CLIENT_ERRORS[error.code ?? ''] ?? ['400 Bad Request', 'malformed_request'];
  const body = JSON.stringify({ error: code, message: 'The request cannot be read' });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const CLIENT_ERRORS: Readonly<Record<string, readonly [status: string, code: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request_timeout'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'headers_too_large'],
};
