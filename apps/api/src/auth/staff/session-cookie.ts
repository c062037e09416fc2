import type { CookieOptions } from '../../http/cookies.js';

/** How long a staff session lasts, in milliseconds. */
export const SESSION_MS = 12 * 60 * 60_000;

/**
 * The session cookie for this installation: over https its name binds it to this host and to https; plain http
 * (a local start) cannot have that.
 */
export function sessionCookie(appUrl: string): { readonly name: string; readonly options: CookieOptions } {
  const secure = new URL(appUrl).protocol === 'https:';
  return {
    name: secure ? '__Host-tollgate_staff' : 'tollgate_staff',
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: SESSION_MS / 1_000 },
  };
}
