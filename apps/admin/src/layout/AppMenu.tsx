import { Menu } from 'react-admin';

/** The rooms of the dashboard. */
export const AppMenu = () => (
  <Menu>
    <Menu.ResourceItem name="tenants" />
  </Menu>
);
