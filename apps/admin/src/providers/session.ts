import type { StaffMember } from '../api/staff-api.js';

const hintKey = 'tollgate.signed-in';

/** Loads the signed-in member from the server. */
type LoadMember = () => Promise<StaffMember>;

/**
 * Remembers who is signed in, so that the screens ask the server once and not at every click.
 * The cookie itself is out of a script's sight: a hint in the browser's storage saves asking for a session that was never opened.
 */
export class Session {
  /** Whether the last session was ended by the server (expired, revoked) and not by signing out. */
  endedByServer = false;

  private member: Promise<StaffMember> | null = null;

  /** @param storage where the hint is kept; null when the browser refuses storage (then the server is always asked) */
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null) {}

  /** Whether a session may exist; false only when this browser knows that it opened none. */
  get mayExist(): boolean {
    return this.storage === null || this.storage.getItem(hintKey) !== null;
  }

  /** The member, asked of the server at most once per session; a failure is not remembered. */
  current(load: LoadMember): Promise<StaffMember> {
    this.member ??= this.remembered(load());
    return this.member;
  }

  open(member: StaffMember): void {
    this.member = Promise.resolve(member);
    this.endedByServer = false;
    this.storage?.setItem(hintKey, '1');
  }

  /** After a sign-out, or when the server no longer knows the session. */
  forget({ endedByServer }: { endedByServer: boolean }): void {
    this.member = null;
    this.endedByServer = endedByServer;
    this.storage?.removeItem(hintKey);
  }

  /** A load that fails late must not wipe out who signed in meanwhile. */
  private remembered(loading: Promise<StaffMember>): Promise<StaffMember> {
    loading.catch(() => {
      if (this.member === loading) this.member = null;
    });
    return loading;
  }
}
