import type { Feature, Rate } from '../catalog/catalog.js';
import type { CountedRate } from './rate-store.js';

/** Who makes the call, for each way to count. Null where there is none, as the user of a scheduled job. */
export interface RateSubjects {
  readonly ownerId: string;
  readonly organizationId: string | null;
  readonly userId: string | null;
  readonly apiKeyId: string | null;
}

/** A rate of a feature for one subject; `name` is the same for all subjects, for the headers. */
export interface NamedRate extends CountedRate {
  readonly name: string;
}

/**
 * What a call spends: the feature's rates, each for its subject. A rate whose subject the call lacks does not apply,
 * as one for each organization in the personal space.
 */
export function countedRates(
  { key: feature, rates }: Pick<Feature, 'key' | 'rates'>,
  subjects: RateSubjects,
): readonly NamedRate[] {
  return rates.flatMap(({ by, limit, perSeconds }) => {
    const subject = subjectOf(by, subjects);
    if (subject === null) return [];
    const name = `${feature}-by-${by}-${perSeconds}s`;
    return [{ key: `${feature}:${by}:${subject}`, limit, perSeconds, name }];
  });
}

function subjectOf(by: Rate['by'], subjects: RateSubjects): string | null {
  switch (by) {
    case 'owner':
      return subjects.ownerId;
    case 'organization':
      return subjects.organizationId;
    case 'user':
      return subjects.userId;
    case 'api_key':
      return subjects.apiKeyId;
  }
}
