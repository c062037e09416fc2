import type { ConsumeRequest } from './consume-request.js';

/** A wish on its way, with the id that its grant will have. */
export interface Counting extends ConsumeRequest {
  readonly grantId: string;
  /** When held units come back by themselves; null counts at once. */
  readonly expiresAt: Date | null;
}
