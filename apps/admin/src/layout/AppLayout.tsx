import type { ReactNode } from 'react';
import { Layout } from 'react-admin';
import { AppMenu } from './AppMenu.js';
import { PageError } from './PageError.js';
import { TopBar } from './TopBar.js';
import { useClosedSidebarOnPhones } from './useClosedSidebarOnPhones.js';

/** Frame of every signed-in screen: bar, menu, page; the bar stays where it is while the page scrolls. */
export const AppLayout = ({ children }: { children: ReactNode }) => {
  useClosedSidebarOnPhones();
  return (
    <Layout appBar={TopBar} menu={AppMenu} error={PageError} appBarAlwaysOn>
      {children}
    </Layout>
  );
};
