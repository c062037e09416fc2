import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase } from '../../support/postgres.js';

describe('the test database', () => {
  it('is one of its own, and gone after drop', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase({ migrated: false })]);
    expect(one.url).not.toBe(other.url);
    const client = new pg.Client({ connectionString: one.url });
    await client.connect();
    const found = await client.query<{ name: string; zone: string }>(
      "SELECT current_database() AS name, current_setting('TimeZone') AS zone",
    );
    await client.end();
    expect(one.url).toContain(found.rows[0]?.name ?? 'no row');
    expect(found.rows[0]?.zone).toBe('UTC');
    await Promise.all([one.drop(), other.drop()]);
    await expect(new pg.Client({ connectionString: one.url }).connect()).rejects.toThrow(/does not exist/);
  });
});
