import { ShowBase } from 'react-admin';
import { TenantPage } from './show/TenantPage.js';

/** A tenant's page; a failure to load it is said on the page instead of sending the reader back to the list. */
export const TenantShow = () => (
  <ShowBase queryOptions={{ onError: () => undefined }}>
    <TenantPage />
  </ShowBase>
);

export default TenantShow;
