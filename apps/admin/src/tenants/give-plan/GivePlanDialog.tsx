import { Dialog, DialogTitle, useMediaQuery } from '@mui/material';
import { useId } from 'react';
import { Form, useNotify } from 'react-admin';
import type { Tenant } from '../../api/staff-api.js';
import { tenantName } from '../tenantName.js';
import { usePlans } from '../usePlans.js';
import { GivePlanFieldset } from './GivePlanFieldset.js';
import { givePlanRequest, type GivePlanFields } from './givePlanRequest.js';
import { useGivePlan } from './useGivePlan.js';

/** Without a record of its own the form would take the tenant's fields, and choose the plan they already have. */
const blank = {};

/** Asks for plan, end and reason, says what will happen, and closes only when the server has done it. */
export const GivePlanDialog = ({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) => {
  const titleId = useId();
  const fullScreen = useMediaQuery((theme) => theme.breakpoints.down('sm'));
  const notify = useNotify();
  const { plans } = usePlans();
  const giving = useGivePlan(tenant.id);
  const close = () => !giving.isPending && onClose();

  const give = (fields: GivePlanFields) =>
    giving.mutate(givePlanRequest(fields), {
      onSuccess: () => {
        const planName = plans.find(({ id }) => id === fields.plan)?.name ?? fields.plan;
        notify(`${tenantName(tenant)} now has ${planName}`, { type: 'success' });
        onClose();
      },
    });

  return (
    <Dialog open onClose={close} fullScreen={fullScreen} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId} sx={{ overflowWrap: 'anywhere' }}>
        Give a plan
      </DialogTitle>
      <Form record={blank} onSubmit={give} noValidate disableInvalidFormNotification>
        <GivePlanFieldset tenant={tenant} error={giving.error} pending={giving.isPending} onCancel={close} />
      </Form>
    </Dialog>
  );
};
