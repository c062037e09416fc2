import type { Tenant } from '../../api/staff-api.js';
import { formatDay } from '../../format/dates.js';
import { sourceWords } from '../sourceWords.js';
import { tenantName } from '../tenantName.js';

/** Words in a row that say what will happen; `planName` null as long as no plan is chosen. */
export function givePlanWords(tenant: Tenant, planName: string | null, untilDay: string | null): string {
  const holds = `${tenantName(tenant)} now holds ${tenant.planName} (${sourceWords(tenant.source)}).`;
  if (!planName) return `${holds} Choose the plan to give.`;
  const end = untilDay ? `until the end of ${formatDay(`${untilDay}T12:00:00`)}` : 'without an end date';
  const billing = tenant.source === 'subscription' ? ' The paid subscription goes on being billed.' : '';
  return `${holds} From now on they get ${planName}, ${end}, free of charge.${billing}`;
}
