import { defineCatalog } from '@tollgate/entitlements';
import { townCatalog } from '../../support/guarded/town-catalog.js';

/** The catalog of the town, with everything that can be counted or measured behind a door. */
export const doorCatalog = defineCatalog({
  ...townCatalog,
  features: {
    ...townCatalog.features,
    runs: {
      name: 'Runs',
      kind: 'quota',
      window: 'day',
      allowances: { pro: 5, gold: { limit: 5, overage: 'allow' } },
    },
    reviews: {
      name: 'Reviews',
      kind: 'quota',
      window: 'day',
      chargeOn: 'attempt',
      allowances: { pro: 3, gold: 3 },
    },
    exports: { name: 'Exports', kind: 'quota', window: 'day', allowances: { pro: 50, gold: -1 } },
    seats: { name: 'Seats', kind: 'capacity', allowances: { pro: 1, gold: -1 } },
    size: { name: 'Size', kind: 'ceiling', allowances: { free: 3, pro: 10, gold: -1 } },
    lasting: {
      name: 'Lasting',
      kind: 'ceiling',
      failPolicy: { lastKnownSeconds: 60 },
      allowances: { free: 3, pro: 10, gold: -1 },
    },
    lasting_places: {
      name: 'Places, however long the database is away',
      kind: 'capacity',
      failPolicy: { lastKnownSeconds: 60 },
      allowances: { free: 3, pro: 10, gold: -1 },
    },
    lasting_units: {
      name: 'Units, however long the database is away',
      kind: 'quota',
      window: 'day',
      failPolicy: { lastKnownSeconds: 60 },
      allowances: { free: 3, pro: 10, gold: -1 },
    },
    brief: {
      name: 'Brief',
      kind: 'flag',
      failPolicy: { lastKnownSeconds: 20 },
      allowances: { free: true, pro: true, gold: true },
    },
    strict: {
      name: 'Strict',
      kind: 'flag',
      failPolicy: 'closed',
      allowances: { free: true, pro: true, gold: true },
    },
    hurried: {
      name: 'Hurried',
      kind: 'flag',
      rates: [{ limit: 2, perSeconds: 60, by: 'user' }],
      allowances: { free: true, pro: true, gold: true },
    },
    rushed: {
      name: 'Rushed',
      kind: 'quota',
      window: 'day',
      rates: [{ limit: 100, perSeconds: 3_600, by: 'owner' }],
      allowances: { pro: 2, gold: 200 },
    },
    tight: {
      name: 'Tight',
      kind: 'quota',
      window: 'day',
      rates: [{ limit: 1, perSeconds: 60, by: 'user' }],
      allowances: { gold: 200 },
    },
    paced: {
      name: 'Paced',
      kind: 'flag',
      rates: [
        { limit: 4, perSeconds: 5, by: 'user' },
        { limit: 8, perSeconds: 10, by: 'organization' },
      ],
      allowances: { pro: true, gold: true },
    },
    keyed: {
      name: 'Keyed',
      kind: 'flag',
      rates: [
        { limit: 2, perSeconds: 60, by: 'api_key' },
        { limit: 3, perSeconds: 60, by: 'organization' },
      ],
      allowances: { pro: true, gold: true },
    },
  },
});
