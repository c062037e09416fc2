import { Admin, Resource } from 'react-admin';
import { AppLayout } from './layout/AppLayout.js';
import { NotFoundPage } from './layout/NotFoundPage.js';
import { authProvider } from './providers/authProvider.js';
import { dataProvider } from './providers/dataProvider.js';
import { queryClient } from './providers/queryClient.js';
import { SignInPage } from './sign-in/SignInPage.js';
import { tenants } from './tenants/index.js';
import { darkTheme } from './theme/darkTheme.js';
import { lightTheme } from './theme/lightTheme.js';

/** Table of contents of the dashboard: one resource per folder. */
export const App = () => (
  <Admin
    title="Tollgate"
    authProvider={authProvider}
    dataProvider={dataProvider}
    queryClient={queryClient}
    layout={AppLayout}
    loginPage={SignInPage}
    catchAll={NotFoundPage}
    lightTheme={lightTheme}
    darkTheme={darkTheme}
    requireAuth
    disableTelemetry
  >
    <Resource name="tenants" {...tenants} />
  </Admin>
);
