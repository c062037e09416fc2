import { HttpError, type AuthProvider } from 'react-admin';
import type { StaffMember } from '../api/staff-api.js';
import { requestJson } from './http.js';
import { Session } from './session.js';

const sessionUrl = '/staff/session';
const session = new Session(browserStorage());

/** react-admin's names for looking; the staff API has one permission for both. */
const views = new Set(['list', 'show']);

/** Sign-in by e-mail and password with a cookie session; permissions are named `<resource>.<action>`, as `tenants.read`. */
export const authProvider: AuthProvider = {
  login: async (credentials: { email: string; password: string }) => {
    const { member } = await requestJson<{ member: StaffMember }>('POST', sessionUrl, { body: credentials });
    session.open(member);
  },

  logout: async () => {
    // react-admin also calls this for a session that the server ended: nothing is left to end then.
    if (!session.mayExist) return;
    await endSession();
    session.forget({ endedByServer: false });
  },

  checkAuth: async () => {
    if (!session.mayExist) throw notSignedIn;
    await currentMember().catch(rejectIfSignedOut);
  },

  checkError: rejectIfSignedOut,

  getIdentity: async () => {
    const { id, name, email } = await currentMember();
    return { id, fullName: name || email };
  },

  canAccess: async ({ resource, action }) => {
    const looking = views.has(action);
    const permissions = await knownPermissions();
    return permissions?.includes(`${resource}.${looking ? 'read' : action}`) ?? looking;
  },
};

/** Whether the reader is at the sign-in page because the server ended their session. */
export function sessionEndedByServer(): boolean {
  return session.endedByServer;
}

/** Nobody signed in here yet: react-admin goes to the sign-in page, and keeps quiet when `message` is false. */
const notSignedIn = Object.assign(new Error(), { message: false });

/** Only a 401 ends the session here; a server that is away or fails is no reason to sign anybody out. */
async function rejectIfSignedOut(error: unknown): Promise<void> {
  if (!(error instanceof HttpError) || error.status !== 401) return;
  session.forget({ endedByServer: true });
  throw new HttpError('Your session has ended. Please sign in again.', 401, error.body);
}

function currentMember(): Promise<StaffMember> {
  return session.current(async () => (await requestJson<{ member: StaffMember }>('GET', sessionUrl)).member);
}

/** Null when the server cannot say: then screens open and show its failure, and no button that changes things appears. */
async function knownPermissions(): Promise<string[] | null> {
  return currentMember().then(
    ({ permissions }) => permissions,
    () => null,
  );
}

/** A session that the server has already ended is as good as ended by us. */
async function endSession(): Promise<void> {
  try {
    await requestJson<void>('DELETE', sessionUrl);
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 401) throw error;
  }
}

function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    // Storage is switched off in this browser.
    return null;
  }
}
