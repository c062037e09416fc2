import { Alert } from '@mui/material';
import type { Tenant } from '../../api/staff-api.js';
import { usePlans } from '../usePlans.js';
import type { GivePlanFields } from './givePlanRequest.js';
import { givePlanWords } from './givePlanWords.js';

/** What the button will do, told while the fields are being filled in. */
export const GivePlanEffect = ({ tenant, fields }: { tenant: Tenant; fields: GivePlanFields }) => {
  const { plans } = usePlans();
  const planOf = (key: string | null | undefined) => plans.find(({ id }) => id === key);
  const chosen = planOf(fields.plan);
  const choice = {
    tenant,
    held: planOf(tenant.plan),
    chosen,
    untilDay: fields.untilDay ?? null,
    // The lowest plan is the one that everybody has without being given any.
    takesBack: chosen !== undefined && chosen === plans[0],
  };
  return (
    <Alert severity="info" variant="outlined" role="status" sx={{ mt: 1, overflowWrap: 'anywhere' }}>
      {givePlanWords(choice)}
    </Alert>
  );
};
