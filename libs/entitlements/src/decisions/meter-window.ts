import { type UsageWindow, windowAt } from '@tollgate/usage';
import type { Feature } from '../catalog/catalog.js';
import type { WarmOwner } from '../memory/warm-owner.js';

/** The window of a quota that an instant lies in; null for a feature that is no quota. */
export function windowOf(feature: Feature, owner: WarmOwner, at: Date): UsageWindow | null {
  return feature.window && windowAt(feature.window, owner.billing, at);
}
