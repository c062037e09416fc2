import { Alert, Button, DialogActions, DialogContent } from '@mui/material';
import { useState } from 'react';
import { DateInput, FormDataConsumer, minValue, required, SelectInput, TextInput } from 'react-admin';
import type { Tenant } from '../../api/staff-api.js';
import { localToday } from '../../format/dates.js';
import { errorWords } from '../../shared/errorWords.js';
import { usePlans } from '../usePlans.js';
import { GivePlanEffect } from './GivePlanEffect.js';
import { givePlanErrorWords } from './givePlanErrorWords.js';
import type { GivePlanFields } from './givePlanRequest.js';
import { validateReason } from './validateReason.js';

interface GivePlanFieldsetProps {
  tenant: Tenant;
  error: Error | null;
  pending: boolean;
  onCancel: () => void;
}

/** The dialog's inside; it stands in the form whose values it reads. */
export const GivePlanFieldset = ({ tenant, error, pending, onCancel }: GivePlanFieldsetProps) => {
  const { plans, isPending: plansPending, error: plansError } = usePlans();
  const [today] = useState(() => localToday(new Date()));
  return (
    <>
      <DialogContent sx={{ pt: 0 }}>
        {plansError && (
          <Alert severity="error">The plans could not be loaded. {errorWords(plansError)}</Alert>
        )}
        <SelectInput
          source="plan"
          label="Plan"
          choices={plans}
          helperText={false}
          isPending={plansPending}
          validate={required('Choose a plan')}
        />
        <DateInput
          source="untilDay"
          label="Last day (optional)"
          helperText="Empty: without an end. The day counts in full, in your time zone."
          validate={minValue(today, 'The last day is already over')}
          slotProps={{ htmlInput: { min: today } }}
        />
        <TextInput
          source="reason"
          label="Reason"
          multiline
          minRows={2}
          validate={validateReason}
          isRequired
          helperText="Kept in the audit trail for good: no personal data, please."
        />
        <FormDataConsumer<GivePlanFields>>
          {({ formData }) => <GivePlanEffect tenant={tenant} fields={formData} />}
        </FormDataConsumer>
        {error && (
          <Alert severity="error" sx={{ mt: 2 }}>
            {givePlanErrorWords(error)}
          </Alert>
        )}
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2.5 }}>
        <Button onClick={onCancel} disabled={pending}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="contained"
          loading={pending}
          disabled={plansPending || Boolean(plansError)}
        >
          Give plan
        </Button>
      </DialogActions>
    </>
  );
};
