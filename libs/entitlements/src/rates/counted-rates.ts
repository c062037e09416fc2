import type { Feature } from '../catalog/catalog.js';
import { subjectId, type Subjects } from '../rollout/subject.js';
import type { CountedRate } from './rate-store.js';

/** Who makes a call, for each way to count. */
export interface RateSubjects extends Subjects {
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
    const subject = by === 'api_key' ? subjects.apiKeyId : subjectId(by, subjects);
    if (subject === null) return [];
    const name = `${feature}-by-${by}-${perSeconds}s`;
    return [{ key: `${feature}:${by}:${subject}`, limit, perSeconds, name }];
  });
}
