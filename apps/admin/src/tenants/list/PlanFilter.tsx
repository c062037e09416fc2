import { SelectInput } from 'react-admin';
import { usePlans } from '../usePlans.js';

/** Narrows the list to a plan in force. `alwaysOn` is read by react-admin's filter form. */
export const PlanFilter = ({ source }: { source: string; alwaysOn?: boolean }) => {
  const { plans, isPending } = usePlans();
  return (
    <SelectInput source={source} label="Plan" choices={plans} isPending={isPending} emptyText="Any plan" />
  );
};
