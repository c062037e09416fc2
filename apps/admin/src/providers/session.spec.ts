import { describe, expect, it } from '@jest/globals';
import type { StaffMember } from '../api/staff-api.js';
import { Session } from './session.js';

const member = (id: string): StaffMember => ({
  id,
  email: `${id}@example.test`,
  name: id,
  role: 'support',
  permissions: [],
});

function memoryStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

describe('Session', () => {
  it('knows that a browser which never signed in has no session', () => {
    expect(new Session(memoryStorage()).mayExist).toBe(false);
  });

  it('always asks the server when the browser keeps nothing', () => {
    expect(new Session(null).mayExist).toBe(true);
  });

  it('asks the server once, however many screens ask', async () => {
    const session = new Session(memoryStorage());
    let asked = 0;
    const load = async () => {
      asked += 1;
      return member('ada');
    };
    await Promise.all([session.current(load), session.current(load)]);
    expect(asked).toBe(1);
  });

  it('asks again after a failure', async () => {
    const session = new Session(memoryStorage());
    await expect(session.current(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
    await expect(session.current(() => Promise.resolve(member('ada')))).resolves.toMatchObject({ id: 'ada' });
  });

  it('keeps who signed in while an older question was failing', async () => {
    const session = new Session(memoryStorage());
    let failLate: (reason: Error) => void = () => undefined;
    const asking = session.current(() => new Promise((_resolve, reject) => (failLate = reject)));
    session.open(member('grace'));
    failLate(new Error('too late'));
    await expect(asking).rejects.toThrow('too late');
    await expect(session.current(() => Promise.resolve(member('nobody')))).resolves.toMatchObject({
      id: 'grace',
    });
  });

  it('tells an expired session from a sign-out', () => {
    const session = new Session(memoryStorage());
    session.open(member('ada'));
    session.forget({ endedByServer: true });
    expect([session.mayExist, session.endedByServer]).toEqual([false, true]);
    session.open(member('ada'));
    session.forget({ endedByServer: false });
    expect([session.mayExist, session.endedByServer]).toEqual([false, false]);
  });
});
