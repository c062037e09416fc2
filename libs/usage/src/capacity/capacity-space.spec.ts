import { describe, expect, it } from '@jest/globals';
import { spacesOf } from './capacity-space.js';

const personal = { ownerId: 'o', organizationId: null };
const organization = { ownerId: 'o', organizationId: 'org-1' };

describe('spacesOf', () => {
  it('holds a total against all that the owner pays for, and keeps the share of the place', () => {
    expect(spacesOf(personal, 'owner')).toEqual({ limiting: 'total', parts: ['personal'] });
    expect(spacesOf(organization, 'owner')).toEqual({ limiting: 'total', parts: ['org-1'] });
  });

  it('holds a limit per organization against that organization alone', () => {
    expect(spacesOf(organization, 'organization')).toEqual({ limiting: 'org-1', parts: [] });
    expect(spacesOf({ ...organization, organizationId: 'org-2' }, 'organization').limiting).toBe('org-2');
  });

  it('keeps a personal space apart from every organization', () => {
    expect(spacesOf(personal, 'organization')).toEqual({ limiting: 'personal', parts: [] });
  });
});
