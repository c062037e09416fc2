import { AppBar } from 'react-admin';
import { Brand } from './Brand.js';
import { StaffMenu } from './StaffMenu.js';

/** Bar over every screen; page titles stand in the pages, where a phone has room for them. */
export const TopBar = () => (
  <AppBar
    userMenu={<StaffMenu />}
    sx={{ bgcolor: 'background.paper', color: 'text.primary', borderBottom: 1, borderColor: 'divider' }}
  >
    <Brand />
  </AppBar>
);
