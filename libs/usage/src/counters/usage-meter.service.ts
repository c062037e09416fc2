import { Injectable } from '@nestjs/common';
import { Clock, IdGenerator, isUuid, type Transaction } from '@tollgate/kernel';
import { UsageBatches } from '../batches/usage-batches.service.js';
import { sqlOf } from '../database/sql.js';
import type { Ending, Settled } from '../grants/settlement.js';
import { readCounts } from '../standings/standing-counts.service.js';
import { assertCountable } from './checked-request.js';
import type { ConsumeAnswer, ConsumeRequest, ReserveAnswer, ReserveRequest } from './consume-request.js';
import { countIn } from './count-in.js';
import type { Counting } from './counting.js';
import type { WindowOfFeature } from './window-of-feature.js';

/** Counts units against limits that come with the call: strict on any number of nodes, durable before it answers. */
@Injectable()
export class UsageMeter {
  constructor(
    private readonly batches: UsageBatches,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /**
   * Counts all meters or none. What is granted is in the database before this resolves.
   *
   * @throws ConflictError `idempotency_mismatch` when the key was used for another request
   * @throws UnavailableError `usage_unavailable`: it is unknown whether units were counted; a key makes a retry safe
   * @throws InvalidRequestError `quantity_invalid`, `quantity_overflow`, `idempotency_key_invalid`, `meters_invalid` or
   * `owner_invalid`
   */
  async consume(request: ConsumeRequest): Promise<ConsumeAnswer> {
    assertCountable(request);
    return this.batches.count(this.counting(request, null));
  }

  /**
   * The same in the caller's own transaction, as its last statement: business row and unit commit or roll back
   * together. The counters stay locked until it ends.
   *
   * @throws as {@link consume} does; after an error the transaction must be rolled back
   */
  async consumeIn(tx: Transaction, request: ConsumeRequest): Promise<ConsumeAnswer> {
    assertCountable(request);
    return countIn(sqlOf(tx), this.counting(request, null), this.clock.now(), this.ids);
  }

  /** Holds units until they are committed, released, or `expiresAt` comes; held units count as used. */
  async reserve({ expiresAt, ...request }: ReserveRequest): Promise<ReserveAnswer> {
    assertCountable(request);
    const answer = await this.batches.count(this.counting(request, expiresAt));
    return answer.granted ? { ...answer, reservationId: answer.grantId } : answer;
  }

  /**
   * Keeps what was really used of a reservation and gives the rest back; `actual` by feature, null (or a feature left
   * out) is all that was held. A second commit changes nothing; one after the expiry is answered with `expired`.
   *
   * @throws InvalidRequestError `quantity_invalid` when more shall be committed than was held
   */
  commit(reservationId: string, actual: ReadonlyMap<string, bigint> | null, at: Date): Promise<Settled> {
    return this.end(reservationId, { kind: 'commit', actual }, at);
  }

  /** Gives all units of a reservation back, once, to the window they came from, and frees its key. */
  release(reservationId: string, at: Date): Promise<Settled> {
    return this.end(reservationId, { kind: 'release' }, at);
  }

  /** The same for what was committed already; only keyed grants and reservations are remembered, else `unknown`. */
  giveBack(grantId: string, at: Date): Promise<Settled> {
    return this.end(grantId, { kind: 'give_back' }, at);
  }

  /** Units used of these windows, in their order, in one round trip; counts nothing and promises nothing. */
  used(reader: Transaction, ownerId: string, wishes: readonly WindowOfFeature[]): Promise<bigint[]> {
    return readCounts(
      reader,
      wishes.map((wish) => ({ kind: 'units', ownerId, ...wish })),
    );
  }

  /** Owners are compared as text here and as UUIDs in the rows: both must tell the same ones apart. */
  private counting(request: ConsumeRequest, expiresAt: Date | null): Counting {
    const { organizationId, principal, at, meters, key } = request;
    const ownerId = request.ownerId.toLowerCase();
    return { ownerId, organizationId, principal, at, meters, key, grantId: this.ids.next(), expiresAt };
  }

  private async end(grantId: string, ending: Ending, at: Date): Promise<Settled> {
    return isUuid(grantId) ? this.batches.end(grantId, ending, at) : 'unknown';
  }
}
