import type { ReactNode } from 'react';
import { Layout } from 'react-admin';
import { AppMenu } from './AppMenu.js';
import { AppSidebar } from './AppSidebar.js';
import { PageError } from './PageError.js';
import { TopBar } from './TopBar.js';

/** Frame of every signed-in screen: bar, menu, page; the bar stays where it is while the page scrolls. */
export const AppLayout = ({ children }: { children: ReactNode }) => (
  <Layout appBar={TopBar} menu={AppMenu} sidebar={AppSidebar} error={PageError} appBarAlwaysOn>
    {children}
  </Layout>
);
