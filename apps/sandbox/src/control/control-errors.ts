import type { FastifyError, FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ClockMoveError } from '../clock/timeline.js';
import { SandboxRefusal } from '../stand-in.js';

/** A control request that cannot be read. */
export class ControlInputError extends Error {}

/** Reads a body. @throws ControlInputError naming every problem. */
export function parseControl<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  throw new ControlInputError(z.prettifyError(result.error));
}

/** Answers `{ error, message }` for everything that goes wrong on a control route. */
export function answerControlErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    if (error instanceof SandboxRefusal)
      return reply.code(error.status).send({ error: 'refused', message: error.message });
    if (error instanceof ControlInputError || error instanceof ClockMoveError) {
      return reply.code(400).send({ error: 'invalid_input', message: error.message });
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ error: 'invalid_input', message: error.message });
    process.stderr.write(`sandbox: ${error.stack ?? error.message}\n`);
    return reply.code(500).send({ error: 'internal', message: 'The sandbox failed; its output says why.' });
  });
}
