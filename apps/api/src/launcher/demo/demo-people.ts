/** A user who exists after `npm start` without having registered. */
export interface DemoPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** The people of the story: whoever of them is still on the free plan plays the buyer. */
export const STORY_PEOPLE: readonly DemoPerson[] = [
  { id: '01900000-0000-7000-8000-000000000001', email: 'ada@demo.example', name: 'Ada Byron' },
  { id: '01900000-0000-7000-8000-000000000002', email: 'emmy@demo.example', name: 'Emmy Noether' },
  { id: '01900000-0000-7000-8000-000000000003', email: 'sofia@demo.example', name: 'Sofia Kovalevskaya' },
];

/** Owns an organization, in which {@link COLLEAGUE} is a member. */
export const ORGANIZER: DemoPerson = {
  id: '01900000-0000-7000-8000-000000000011',
  email: 'grace@demo.example',
  name: 'Grace Hopper',
};

/** A member of {@link ORGANIZER}'s organization. */
export const COLLEAGUE: DemoPerson = {
  id: '01900000-0000-7000-8000-000000000012',
  email: 'joan@demo.example',
  name: 'Joan Clarke',
};

/** Everybody. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [...STORY_PEOPLE, ORGANIZER, COLLEAGUE];

/** Name of the demo organization. */
export const DEMO_ORGANIZATION = 'Harbour Freight Analytics';

/** Sign-in name of the demo member of staff. */
export const DEMO_STAFF = { email: 'staff@demo.example', name: 'Demo Staff' };
