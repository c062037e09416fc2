import type { LapsedWord } from '../api/staff-api.js';

const words: Record<LapsedWord, string> = {
  payment_past_due: 'Payment past due',
  canceled: 'Cancelled',
  trial_ended: 'Trial ended',
  paused: 'Paused',
  expired: 'Expired',
};

/** Why a plan is no longer in force, as support would say it. */
export function lapsedWords(lapsed: LapsedWord): string {
  return words[lapsed] ?? lapsed;
}
