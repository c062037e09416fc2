import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Freshness, ManualClock } from '@tollgate/kernel';
import { assignment, AT, at, CATALOG } from '../testing/decision-builders.js';
import { AccountMemory } from './account-memory.js';
import { WarmOrganization, WarmOwner } from './warm-owner.js';

const MINUTE_MS = 60_000;
const CATALOGS = { current: CATALOG, pinned: new Map() };
const real = AT.getTime();

let clock: ManualClock;
let fresh: { epoch: number; confirmedAt: number; isFreshAt: () => boolean };
let random = 0;
let memory: AccountMemory;
let slots: number[];

beforeEach(() => {
  clock = new ManualClock(AT);
  fresh = { epoch: 1, confirmedAt: real, isFreshAt: () => true };
  slots = [];
  const options = { maxEntries: 100, ttlMs: MINUTE_MS, random: () => random };
  memory = new AccountMemory(clock, fresh as unknown as Freshness, options, (slot) => slots.push(slot));
});

function admit(n: number, meanwhile: () => void = () => undefined, end = 30_000): WarmOwner {
  const reading = memory.begin();
  meanwhile();
  const ownerId = `owner-${n}`;
  const facts = { ownerId, assignments: [assignment({ to: at(end) })], overrides: [] };
  const account = { ownerId, since: AT, organizationId: null, memberIds: [] };
  const owner = memory.admit({ account, facts }, `user-${n}`, reading, CATALOGS);
  memory.end(reading);
  if (!(owner instanceof WarmOwner)) throw new Error('a personal space has no organization');
  return owner;
}

function admitTeam(memberIds = ['user-1']): WarmOrganization {
  const reading = memory.begin();
  const facts = { ownerId: 'owner-1', assignments: [], overrides: [] };
  const account = { ownerId: 'owner-1', since: AT, organizationId: 'team', memberIds };
  const team = memory.admit({ account, facts }, null, reading, CATALOGS);
  memory.end(reading);
  if (!(team instanceof WarmOrganization)) throw new Error('a team is an organization');
  return team;
}

const now = (owner: WarmOwner): number => owner.readAt;

describe('AccountMemory', () => {
  it('believes what it read, until anything may have been missed', () => {
    const owner = admit(1);
    expect(memory.ofUser('user-1')).toBe(owner);
    expect(memory.isCurrent(owner, now(owner))).toBe(true);
    fresh.epoch = 2;
    expect(memory.isCurrent(owner, now(owner))).toBe(false);
  });

  it('never serves an owner from the instant on at which the answer changes by itself', () => {
    const owner = admit(1);
    clock.set(at(29_999));
    expect(memory.isCurrent(owner, now(owner))).toBe(true);
    clock.set(at(30_000));
    expect(memory.isCurrent(owner, now(owner))).toBe(false);
  });

  it.each([30_001, 30_999, 400_000_000_000])('believes it to the last instant before %d ms', (end) => {
    const owner = admit(1, () => undefined, end);
    clock.set(at(end - 1));
    expect(memory.isCurrent(owner, now(owner))).toBe(true);
    clock.set(at(end));
    expect(memory.isCurrent(owner, now(owner))).toBe(false);
  });

  it('SB-50 reads again after its time to live, which is up to a tenth shorter, in the second before', () => {
    for (const [n, number] of [0, 0.5, 0.999].entries()) {
      random = number;
      const owner = admit(n);
      const early = owner.readAt + MINUTE_MS * (1 - number / 10) - owner.expirySecond * 1_000;
      expect(early).toBeGreaterThanOrEqual(0);
      expect(early).toBeLessThan(1_000);
    }
    random = 0;
    const owner = admit(9);
    expect(memory.isCurrent(owner, owner.expirySecond * 1_000 - 1)).toBe(true);
    expect(memory.isCurrent(owner, owner.expirySecond * 1_000)).toBe(false);
  });

  it('forgets an owner that changed, by whichever way it is asked for', () => {
    const owner = admit(1);
    const team = admitTeam();
    expect(team.owner).toBe(owner);
    memory.forget('owner-1');
    expect(memory.ofOwner('owner-1')).toBeUndefined();
    for (const held of [memory.ofUser('user-1'), memory.ofOrganization('team')?.owner])
      expect(held && memory.isCurrent(held, now(owner))).toBe(false);
  });

  it('does not keep what changed while it was read', () => {
    const owner = admit(1, () => memory.forget('owner-1'));
    expect(memory.ofUser('user-1')).toBeUndefined();
    expect(memory.isCurrent(owner, now(owner))).toBe(false);
    admit(2, () => memory.forgetAll());
    expect(memory.ofUser('user-2')).toBeUndefined();
    admit(3, () => memory.forget('owner-2'));
    expect(memory.ofUser('user-3')).toBeDefined();
  });

  it('is bounded, and gives the place of a forgotten owner to another one', () => {
    for (let n = 0; n < 1_000; n++) admit(n);
    const kept = Array.from({ length: 1_000 }, (_, n) => memory.ofOwner(`owner-${n}`)).filter(Boolean);
    expect(kept.length).toBeLessThanOrEqual(100);
    expect(Math.max(...slots)).toBeLessThanOrEqual(101);
  });

  it.each([1, 3, 20])('admits to an organization who is among its %i members, and nobody else', (count) => {
    const memberIds = Array.from({ length: count }, (_, index) => `user-${index + 1}`);
    const team = admitTeam(memberIds);
    expect(memberIds.every((userId) => team.admits(userId))).toBe(true);
    expect(['user-0', 'user-', 'ser-1', ''].some((userId) => team.admits(userId))).toBe(false);
  });

  it('admits nobody to an organization without members', () => {
    expect(admitTeam([]).admits('user-1')).toBe(false);
  });
});
