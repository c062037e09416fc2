import { AppBar, UserMenu } from 'react-admin';
import { Brand } from './Brand.js';
import { SignOutItem } from './SignOutItem.js';

/** Bar over every screen; page titles stand in the pages, where a phone has room for them. */
export const TopBar = () => (
  <AppBar
    userMenu={
      <UserMenu>
        <SignOutItem />
      </UserMenu>
    }
    sx={{ bgcolor: 'background.paper', color: 'text.primary', borderBottom: 1, borderColor: 'divider' }}
  >
    <Brand />
  </AppBar>
);
