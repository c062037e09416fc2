import { describe, expect, it } from '@jest/globals';
import { permissionsOf, STAFF_PERMISSIONS } from './staff-roles.js';

describe('permissionsOf', () => {
  it('gives a viewer nothing but reading', () => {
    expect(permissionsOf('viewer').filter((permission) => !permission.endsWith('.read'))).toEqual([]);
    expect(permissionsOf('viewer')).toContain('tenants.read');
  });

  it('gives an admin everything', () => {
    expect(permissionsOf('admin')).toEqual(STAFF_PERMISSIONS);
  });

  it.each(['', 'root', '__proto__', 'constructor', 'toString'])(
    'gives the unknown role %p nothing',
    (role) => {
      expect(permissionsOf(role)).toEqual([]);
    },
  );
});
