import { useMediaQuery } from '@mui/material';
import { List } from 'react-admin';
import { PageHeading } from '../shared/PageHeading.js';
import { NoTenants } from './list/NoTenants.js';
import { TenantCards } from './list/TenantCards.js';
import { tenantFilters } from './list/tenantFilters.js';
import { TenantListError } from './list/TenantListError.js';
import { TenantPages } from './list/TenantPages.js';
import { TenantTable } from './list/TenantTable.js';

/** All tenants, newest first: a table where there is room, cards on a phone. */
export const TenantList = () => {
  const narrow = useMediaQuery((theme) => theme.breakpoints.down('lg'));
  return (
    <>
      <PageHeading title="Tenants" hint="Everybody who pays or could, newest first." />
      <List
        title={false}
        actions={false}
        exporter={false}
        filters={tenantFilters}
        perPage={25}
        // The page itself says what went wrong: no second message over it.
        queryOptions={{ onError: () => undefined }}
        pagination={<TenantPages />}
        empty={<NoTenants />}
        error={<TenantListError />}
        component={narrow ? 'div' : undefined}
      >
        {narrow ? <TenantCards /> : <TenantTable />}
      </List>
    </>
  );
};

export default TenantList;
