import type { Plan, Tenant } from '../../api/staff-api.js';
import { formatDay } from '../../format/dates.js';
import { sourceWords } from '../sourceWords.js';
import { tenantName } from '../tenantName.js';

/** What is being decided in the dialog: the plan held, the plan chosen so far, and its last day (`YYYY-MM-DD`). */
export interface GivePlanChoice {
  tenant: Pick<Tenant, 'name' | 'email' | 'userId' | 'planName' | 'source'>;
  held: Plan | undefined;
  chosen: Plan | undefined;
  untilDay: string | null;
  /** Giving the default plan takes back what staff gave. */
  takesBack: boolean;
}

/** Says in words what will happen when the button is pressed. */
export function givePlanWords({ tenant, held, chosen, untilDay, takesBack }: GivePlanChoice): string {
  const holds = `${tenantName(tenant)} now holds ${tenant.planName} (${sourceWords(tenant.source)}).`;
  if (!chosen) return `${holds} Choose the plan to give.`;
  if (takesBack) {
    return `${holds} What staff gave them ends now: they are back on what they bought, else on ${chosen.name}.`;
  }
  // Noon, so that the reader's time zone cannot move the day.
  const end = untilDay ? `until the end of ${formatDay(`${untilDay}T12:00:00`)}` : 'without an end date';
  const less = held && chosen.rank < held.rank ? ' That is less than they have now.' : '';
  const billing =
    tenant.source === 'subscription'
      ? 'Their subscription is not touched: the provider goes on billing it.'
      : 'Nothing is billed for it.';
  return `${holds} From now on they get ${chosen.name}, ${end}.${less} ${billing}`;
}
