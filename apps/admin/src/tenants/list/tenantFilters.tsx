import { SearchInput, SelectInput } from 'react-admin';
import { statusChoices } from '../statusWords.js';
import { PlanFilter } from './PlanFilter.js';

/** What the list can be narrowed by; the search knows names and e-mail addresses. */
export const tenantFilters = [
  <SearchInput
    key="q"
    source="q"
    alwaysOn
    placeholder="Name or e-mail"
    slotProps={{ htmlInput: { 'aria-label': 'Search tenants', maxLength: 200 } }}
  />,
  <PlanFilter key="plan" source="plan" alwaysOn />,
  <SelectInput
    key="status"
    source="status"
    label="Status"
    choices={statusChoices}
    emptyText="Any status"
    alwaysOn
  />,
];
