import { usePlans } from './usePlans.js';

/** A plan's name where only its key is at hand; the key itself until the plans are loaded. */
export const PlanName = ({ planKey }: { planKey: string }) => {
  const { plans } = usePlans();
  return plans.find(({ id }) => id === planKey)?.name ?? planKey;
};
