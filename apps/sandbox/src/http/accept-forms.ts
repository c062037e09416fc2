import type { FastifyInstance } from 'fastify';
import { FormError, parseForm } from './form-body.js';

/** Lets a server read forms and nothing else; what is no form is refused in the words of `refusal`. */
export function acceptForms(app: FastifyInstance, refusal: (message: string) => Error): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      try {
        done(null, parseForm(body.toString()));
      } catch (error) {
        done(
          error instanceof FormError
            ? refusal(error.message)
            : new Error('unreadable form', { cause: error }),
        );
      }
    },
  );
}
