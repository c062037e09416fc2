import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDataProvider } from 'react-admin';
import type { GivePlanRequest } from '../../api/staff-api.js';
import type { TollgateDataProvider } from '../../providers/dataProvider.js';

/** Gives a tenant a plan; everything on screen about tenants is fetched anew before the mutation counts as done. */
export function useGivePlan(tenantId: string) {
  const dataProvider = useDataProvider<TollgateDataProvider>();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (wish: GivePlanRequest) => dataProvider.givePlan(tenantId, wish),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['tenants'] }),
  });
}
