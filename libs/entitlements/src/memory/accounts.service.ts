import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { errorLine, Freshness, isAway, Notifications, realNow, UnavailableError } from '@tollgate/kernel';
import { type BillingRoute, subjectOf } from '../access/billing-rules.js';
import { AccountMemory } from './account-memory.js';
import { AccountReadings, type WarmAccount } from './account-readings.js';
import { isNearItsEnd, WarmOwner } from './warm-owner.js';

/** An account with how far it may be believed. */
export interface FoundAccount {
  readonly account: WarmAccount;
  /** Real instant (ms) up to which the answer is known to be true, while the database cannot be asked; else null. */
  readonly asOf: number | null;
}

/** Notification that one owner changed, as payload `owner:<id>`. */
const OWNER_CHANGED = 'owner:';
/** Notification that more owners changed than are worth naming. */
const ALL_CHANGED = 'all';

/** Who pays, from memory as long as memory may be believed, else from the database. */
@Injectable()
export class Accounts implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Accounts.name);
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly memory: AccountMemory,
    private readonly readings: AccountReadings,
    private readonly freshness: Freshness,
    private readonly notifications: Notifications,
  ) {}

  onModuleInit(): void {
    this.stopListening = this.notifications.listen((payload) => {
      if (payload.startsWith(OWNER_CHANGED)) this.memory.forget(payload.slice(OWNER_CHANGED.length));
      else if (payload === ALL_CHANGED) this.memory.forgetAll();
    });
  }

  onApplicationShutdown(): void {
    this.stopListening();
  }

  /** Whether an entry may be believed at this real instant (ms). */
  isCurrent(owner: WarmOwner, real: number): boolean {
    return this.memory.isCurrent(owner, real);
  }

  /** The account if it is remembered and may be believed now; undefined when it has to be asked for. */
  find(route: BillingRoute, real: number): WarmAccount | undefined {
    const account = this.remembered(route);
    if (!account) return undefined;
    const owner = ownerOf(account);
    if (!this.memory.isCurrent(owner, real)) return undefined;
    if (isNearItsEnd(owner, real)) this.readAhead(route);
    return account;
  }

  /**
   * The account, asking the database if need be: at most about two seconds, all who ask for the same together. While
   * the database cannot be asked, what was remembered last, with its age.
   *
   * @throws UnavailableError `unavailable` when it cannot be asked and nothing is remembered
   */
  async ask(route: BillingRoute): Promise<FoundAccount> {
    if (!this.freshness.fresh && !(await this.freshness.confirm())) return this.lastKnown(route, null);
    const found = this.find(route, realNow());
    if (found !== undefined) return { account: found, asOf: null };
    try {
      return { account: await this.readings.read(subjectOf(route)), asOf: null };
    } catch (error) {
      if (!isAway(error)) throw error;
      return this.lastKnown(route, error);
    }
  }

  /** Nobody waits for it: should it fail, the entry lives to its end and is asked for then. */
  private readAhead(route: BillingRoute): void {
    this.readings.read(subjectOf(route)).catch((error: unknown) => this.logger.debug(errorLine(error)));
  }

  private lastKnown(route: BillingRoute, cause: unknown): FoundAccount {
    const account = this.remembered(route);
    if (!account || ownerOf(account).epoch < 0)
      throw new UnavailableError('unavailable', 'This cannot be decided right now', 5, { cause });
    return { account, asOf: this.knownUntil(ownerOf(account)) };
  }

  /** What belongs to the present connection was confirmed by its last heartbeat; what is older, by its reading. */
  private knownUntil(owner: WarmOwner): number {
    return owner.epoch === this.freshness.epoch
      ? Math.max(owner.readAt, this.freshness.confirmedAt)
      : owner.readAt;
  }

  private remembered({ kind, id }: BillingRoute): WarmAccount | undefined {
    switch (kind) {
      case 'user':
        return this.memory.ofUser(id);
      case 'organization':
        return this.memory.ofOrganization(id);
      case 'owner':
        return this.memory.ofOwner(id);
    }
  }
}

/** Who pays for what was found. */
export function ownerOf(account: NonNullable<WarmAccount>): WarmOwner {
  return account instanceof WarmOwner ? account : account.owner;
}
