import type { UsageWindow } from '../windows/window-at.js';

/** One window to look at. */
export interface WindowOfFeature {
  readonly feature: string;
  readonly window: UsageWindow;
}
