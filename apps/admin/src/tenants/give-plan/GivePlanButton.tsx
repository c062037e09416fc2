import CardMembershipIcon from '@mui/icons-material/CardMembership';
import { Button } from '@mui/material';
import { useState } from 'react';
import { useCanAccess } from 'react-admin';
import type { Tenant } from '../../api/staff-api.js';
import { GivePlanDialog } from './GivePlanDialog.js';

/** Opens the dialog; not there at all for who may not give plans (the API would refuse anyway). */
export const GivePlanButton = ({ tenant }: { tenant: Tenant }) => {
  const [open, setOpen] = useState(false);
  const { canAccess } = useCanAccess({ resource: 'tenants', action: 'plan.give' });
  if (!canAccess) return null;
  return (
    <>
      <Button variant="contained" startIcon={<CardMembershipIcon />} onClick={() => setOpen(true)}>
        Give plan
      </Button>
      {open && <GivePlanDialog tenant={tenant} onClose={() => setOpen(false)} />}
    </>
  );
};
