import { Injectable } from '@nestjs/common';
import {
  Clock,
  IdGenerator,
  InvalidRequestError,
  NotFoundError,
  notify,
  type Transaction,
} from '@tollgate/kernel';
import { LARGEST_COUNT, UNLIMITED } from '@tollgate/usage';
import { Catalogs } from '../catalog/catalogs.service.js';
import type { OverrideValue } from './override.js';

/** An override to be made, from now on. */
export interface NewOverride {
  readonly ownerId: string;
  readonly feature: string;
  readonly value: OverrideValue;
  /** Exclusive end; null for no end. */
  readonly to: Date | null;
  readonly reason: string;
  readonly author: string;
}

/** The exceptions that staff make. Rows are ended, never changed or removed; decisions read them with the owner's facts. */
@Injectable()
export class Overrides {
  constructor(
    private readonly catalogs: Catalogs,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /**
   * Makes an override that counts from now on, and answers its id.
   *
   * @throws InvalidRequestError `feature_unknown`, `override_invalid` (value does not fit the kind), `until_past`
   */
  async make(tx: Transaction, wish: NewOverride): Promise<string> {
    const at = this.clock.now();
    this.check(wish, at);
    const id = this.ids.next();
    await tx.query(
      `insert into override (id, owner_id, feature, enabled, quantity, from_at, to_at, reason, author)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        wish.ownerId,
        wish.feature,
        wish.value.enabled,
        wish.value.enabled ? (wish.value.limit?.toString() ?? null) : null,
        at,
        wish.to,
        wish.reason,
        wish.author,
      ],
    );
    await notify(tx, `owner:${wish.ownerId}`);
    return id;
  }

  /**
   * Ends an override now.
   *
   * @throws NotFoundError when the owner has no such override, or it has ended already
   */
  async end(tx: Transaction, ownerId: string, id: string): Promise<void> {
    const [, ended] = await tx.query<[unknown[], number]>(
      `update override set to_at = greatest($3, from_at)
       where id = $1 and owner_id = $2 and (to_at is null or to_at > $3)`,
      [id, ownerId, this.clock.now()],
    );
    if (ended === 0) throw new NotFoundError('Override');
    await notify(tx, `owner:${ownerId}`);
  }

  private check({ feature, value, to }: NewOverride, at: Date): void {
    const definition = this.catalogs.current().features.get(feature);
    if (!definition) throw new InvalidRequestError('feature_unknown', `There is no feature "${feature}"`);
    if (to !== null && to <= at)
      throw new InvalidRequestError('until_past', 'The end must lie in the future');
    if (!value.enabled) return;
    const isFlag = definition.kind === 'flag';
    if (isFlag !== (value.limit === null) || (value.limit !== null && !isLimit(value.limit))) {
      const wanted = isFlag ? 'no limit' : 'a whole limit from 0 to 2^63-1, or -1 for unlimited';
      throw new InvalidRequestError('override_invalid', `"${feature}" takes ${wanted}`);
    }
  }
}

const isLimit = (limit: bigint): boolean => limit >= UNLIMITED && limit <= LARGEST_COUNT;
