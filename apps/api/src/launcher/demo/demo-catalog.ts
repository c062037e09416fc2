import type { CatalogForm } from '@tollgate/entitlements';
import { seedCatalog } from '../../database/seeds/catalog.js';
import { DEMO_PEOPLE } from './demo-people.js';

const ANALYTICS = 'analytics-dashboard';

/** The seed catalog, with the demo people on the include list of what is only rolled out to some. */
export const demoCatalog: CatalogForm = {
  ...seedCatalog,
  features: {
    ...seedCatalog.features,
    [ANALYTICS]: {
      ...seedCatalog.features[ANALYTICS],
      rollout: { percent: 20, subject: 'user', include: { users: DEMO_PEOPLE.map(({ id }) => id) } },
    },
  },
};
