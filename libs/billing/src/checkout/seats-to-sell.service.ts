import { Injectable } from '@nestjs/common';
import { Catalogs, type Plan } from '@tollgate/entitlements';
import type { Transaction } from '@tollgate/kernel';
import { toWire, UNLIMITED } from '@tollgate/usage';
import { Seats } from '../seats/seats.service.js';
import { SeatsRefusedError } from './checkout.errors.js';

/** The feature that bounds how many seats a plan may have. */
const SEATS = 'seats';

/** Says how many seats are sold with a plan. */
@Injectable()
export class SeatsToSell {
  constructor(
    private readonly catalogs: Catalogs,
    private readonly seats: Seats,
  ) {}

  /**
   * The number of seats: as asked for, else `otherwise`, and in any case as many as are taken. Null on plans that are
   * not sold by the seat.
   *
   * @throws SeatsRefusedError asked for on such a plan, for fewer than are taken, or for more than the plan may have
   */
  async of(
    reader: Transaction,
    plan: Plan,
    ownerId: string,
    asked: number | undefined,
    otherwise = 0,
  ): Promise<number | null> {
    if (!plan.perSeat) {
      if (asked !== undefined)
        throw new SeatsRefusedError('This plan is not sold by the seat', { seats: asked });
      return null;
    }
    const taken = await this.seats.used(reader, ownerId);
    const seats = asked ?? Math.max(taken, otherwise);
    if (seats < taken) throw new SeatsRefusedError(`${taken} seats are taken already`, { seats, taken });
    const most = this.catalogs.current().features.get(SEATS)?.allowances.get(plan.key)?.limit ?? 0n;
    if (most !== UNLIMITED && BigInt(seats) > most) {
      throw new SeatsRefusedError(`This plan has at most ${most} seats`, { seats, most: toWire(most) });
    }
    return seats;
  }
}
