import type {
  BillingOwnerResolver,
  BillingSubject,
  KnownAccount,
  OwnerFactsReader,
} from '../access/billing-owner-resolver.js';
import type { Catalog } from '../catalog/catalog.js';
import type { AccountMemory, ReadCatalogs } from './account-memory.js';
import type { WarmOrganization, WarmOwner } from './warm-owner.js';

/** Who pays: an owner for a personal space, an organization with its owner, null for nobody. */
export type WarmAccount = WarmOwner | WarmOrganization | null;

/** Where catalogs are found: the one in force, and others by number. */
export interface PinnedCatalogs {
  current(): Catalog;
  version(version: number): Promise<Catalog>;
}

/** Most subjects that are read by one statement. */
const MOST_AT_ONCE = 200;

interface Wanted {
  readonly subject: BillingSubject;
  readonly settle: (account: WarmAccount) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Reads accounts that are not remembered: each subject once however many ask for it, and all that are asked for in
 * the same turn by one statement.
 */
export class AccountReadings {
  private readonly underWay = new Map<string, Promise<WarmAccount>>();
  private wanted: Wanted[] = [];

  constructor(
    private readonly memory: AccountMemory,
    private readonly resolver: BillingOwnerResolver,
    private readonly facts: OwnerFactsReader,
    private readonly catalogs: PinnedCatalogs,
  ) {}

  /** Reads the account of a subject, joining a reading of it that is under way. */
  read(subject: BillingSubject): Promise<WarmAccount> {
    const name = nameOf(subject);
    const known = this.underWay.get(name);
    if (known) return known;
    const reading = new Promise<WarmAccount>((settle, fail) => {
      this.wanted.push({ subject, settle, fail });
      if (this.wanted.length === 1) queueMicrotask(() => this.begin());
    }).finally(() => this.underWay.delete(name));
    this.underWay.set(name, reading);
    return reading;
  }

  private begin(): void {
    const { wanted } = this;
    this.wanted = [];
    for (let from = 0; from < wanted.length; from += MOST_AT_ONCE) {
      void this.readAll(wanted.slice(from, from + MOST_AT_ONCE));
    }
  }

  private async readAll(wanted: readonly Wanted[]): Promise<void> {
    const reading = this.memory.begin();
    try {
      const subjects = wanted.map(({ subject }) => subject);
      const known = await this.resolver.accounts(subjects, this.facts);
      const catalogs = await this.catalogsOf(known);
      for (const [place, { subject, settle }] of wanted.entries()) {
        const account = known[place];
        const userId = subject.kind === 'user' ? subject.userId : null;
        settle(account ? this.memory.admit(account, userId, reading, catalogs) : null);
      }
    } catch (error) {
      for (const { fail } of wanted) fail(error);
    } finally {
      this.memory.end(reading);
    }
  }

  /** A version that is pinned to is read with the first owner who is: it never changes, and stays with its holding. */
  private async catalogsOf(known: readonly (KnownAccount | null)[]): Promise<ReadCatalogs> {
    const versions = new Set<number>();
    for (const account of known) {
      for (const { catalogVersion } of account?.facts.assignments ?? [])
        if (catalogVersion !== null) versions.add(catalogVersion);
    }
    const pinned = new Map<number, Catalog>();
    for (const version of versions) pinned.set(version, await this.catalogs.version(version));
    return { current: this.catalogs.current(), pinned };
  }
}

function nameOf(subject: BillingSubject): string {
  switch (subject.kind) {
    case 'user':
      return `user:${subject.userId}`;
    case 'organization':
      return `organization:${subject.organizationId}`;
    case 'owner':
      return `owner:${subject.ownerId}`;
  }
}
