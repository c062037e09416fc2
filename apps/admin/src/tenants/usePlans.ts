import { useGetList } from 'react-admin';
import type { Plan } from '../api/staff-api.js';

/** The plans of the catalog, lowest rank first; `id` is the plan's key. */
export function usePlans() {
  const { data, isPending, error } = useGetList<Plan & { id: string }>('plans');
  return { plans: (data ?? []).toSorted((a, b) => a.rank - b.rank), isPending, error };
}
