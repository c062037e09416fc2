import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDataProvider } from 'react-admin';
import type { GivePlanRequest } from '../../api/staff-api.js';
import type { TollgateDataProvider } from '../../providers/dataProvider.js';

/**
 * Gives a tenant a plan; everything on screen about tenants is fetched anew before the mutation counts as done.
 * After a failure too, without waiting: a lost answer may stand for a done deed.
 */
export function useGivePlan(tenantId: string) {
  const dataProvider = useDataProvider<TollgateDataProvider>();
  const queryClient = useQueryClient();
  const refetchTenants = () => queryClient.invalidateQueries({ queryKey: ['tenants'] });
  return useMutation({
    mutationFn: (wish: GivePlanRequest) => dataProvider.givePlan(tenantId, wish),
    onSuccess: refetchTenants,
    onError: () => void refetchTenants(),
  });
}
