import type { FastifyReply, FastifyRequest } from 'fastify';

/** How a cookie is set; `maxAge` in seconds. */
export interface CookieOptions {
  readonly path: string;
  readonly httpOnly: boolean;
  readonly sameSite: 'lax' | 'strict';
  readonly secure: boolean;
  readonly maxAge: number;
}

/** The cookie's value as the browser sent it; undefined when it did not. */
export function cookieOf(request: object, name: string): string | undefined {
  return (request as FastifyRequest).cookies[name];
}

/** Sets a cookie on the answer. */
export function setCookie(response: object, name: string, value: string, options: CookieOptions): void {
  void (response as FastifyReply).setCookie(name, value, options);
}

/** Takes a cookie away from the browser; the options must be those it was set with. */
export function clearCookie(response: object, name: string, options: CookieOptions): void {
  const { maxAge: _maxAge, ...rest } = options;
  void (response as FastifyReply).clearCookie(name, rest);
}
