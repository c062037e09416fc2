import { type Theme, useMediaQuery } from '@mui/material';
import { useEffect } from 'react';
import { Sidebar, type SidebarProps, useSidebarState } from 'react-admin';

/**
 * The menu's frame. A window that becomes as narrow as a phone gets a new one, closed: the wide one would turn into
 * a modal in place, lie unseen over the page and swallow every tap.
 */
export const AppSidebar = (props: SidebarProps) => {
  const isPhone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const [, setOpen] = useSidebarState();
  useEffect(() => {
    if (isPhone) setOpen(false);
  }, [isPhone, setOpen]);
  return <Sidebar key={isPhone ? 'phone' : 'wide'} {...props} />;
};
