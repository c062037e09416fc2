import LogoutIcon from '@mui/icons-material/Logout';
import { ListItemIcon, ListItemText, MenuItem } from '@mui/material';
import type { Ref } from 'react';
import { useLogout, useNotify } from 'react-admin';
import { errorWords } from '../shared/errorWords.js';

/** Ends the session at the server first: a sign-out that did not happen says so. */
export const SignOutItem = ({ ref }: { ref?: Ref<HTMLLIElement> }) => {
  const logout = useLogout();
  const notify = useNotify();
  const signOut = () =>
    logout().catch((error: unknown) =>
      notify(`You are still signed in. ${errorWords(error)}`, { type: 'error' }),
    );

  return (
    <MenuItem ref={ref} onClick={() => void signOut()}>
      <ListItemIcon>
        <LogoutIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText>Sign out</ListItemText>
    </MenuItem>
  );
};
