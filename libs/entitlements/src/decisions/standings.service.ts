import { Injectable } from '@nestjs/common';
import { Clock } from '@tollgate/kernel';
import { StandingCounts, type UsageWindow, type WantedCount } from '@tollgate/usage';
import type { Feature } from '../catalog/catalog.js';
import type { WarmOwner } from '../memory/warm-owner.js';
import type { Standing } from './limit-layer.js';
import { windowOf } from './meter-window.js';
import { secondsUntil } from './seconds-until.js';

/** Whose standing is wanted, against which limit. */
export interface WantedStanding {
  readonly feature: Feature;
  readonly owner: WarmOwner;
  readonly organizationId: string | null;
  readonly requested: bigint;
}

/** Reads what stands against limits: a preview, which counts nothing and promises nothing. */
@Injectable()
export class Standings {
  constructor(
    private readonly counts: StandingCounts,
    private readonly clock: Clock,
  ) {}

  /** What stands against each limit, in order and in one round trip; undefined where there is no limit to hold. */
  async ofMany(wanted: readonly WantedStanding[]): Promise<(Standing | undefined)[]> {
    const at = this.clock.now();
    const windows = new Windows(at);
    const counted = wanted.map((one) => countFor(one, windows));
    const asked = counted.flatMap((count) => (count ? [count] : []));
    const read = await this.counts.read(asked);
    const answers = read[Symbol.iterator]();
    return wanted.map(({ feature, owner, requested }, place) => {
      if (feature.kind === 'ceiling') return { used: 0n, requested };
      if (!counted[place]) return undefined;
      const end = windows.of(feature, owner)?.end;
      const resets = end && { at: end, inSeconds: secondsUntil(end, at) };
      return { used: answers.next().value ?? 0n, requested, ...(resets && { resets }) };
    });
  }
}

/** The windows of one moment, each worked out once: that is calendar arithmetic, and a batch asks ten thousand times. */
class Windows {
  private readonly known = new Map<WarmOwner, Map<Feature, UsageWindow | null>>();

  constructor(private readonly at: Date) {}

  of(feature: Feature, owner: WarmOwner): UsageWindow | null {
    if (feature.window === null) return null;
    let ofOwner = this.known.get(owner);
    if (!ofOwner) this.known.set(owner, (ofOwner = new Map<Feature, UsageWindow | null>()));
    const known = ofOwner.get(feature);
    if (known !== undefined) return known;
    const window = windowOf(feature, owner, this.at);
    ofOwner.set(feature, window);
    return window;
  }
}

function countFor({ feature, owner, organizationId }: WantedStanding, windows: Windows): WantedCount | null {
  const { ownerId } = owner;
  const window = windows.of(feature, owner);
  if (window) return { kind: 'units', ownerId, feature: feature.key, window };
  if (feature.kind !== 'capacity') return null;
  const { countedBy, key } = feature;
  return { kind: 'things', place: { ownerId, organizationId }, feature: key, countedBy };
}
