import { useMediaQuery, type Theme } from '@mui/material';
import { useEffect } from 'react';
import { useSidebarState } from 'react-admin';

/**
 * Closes the menu when the window becomes as narrow as a phone. Left open there, it turns into a modal that lies
 * unseen over the page and swallows every tap.
 */
export function useClosedSidebarOnPhones(): void {
  const isSmall = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const [, setOpen] = useSidebarState();
  useEffect(() => {
    if (isSmall) setOpen(false);
  }, [isSmall, setOpen]);
}
