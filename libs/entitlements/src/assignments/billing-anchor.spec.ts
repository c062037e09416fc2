import { describe, expect, it } from '@jest/globals';
import { assignment, AT, at } from '../testing/decision-builders.js';
import { anchorAfter, anchorInForce } from './billing-anchor.js';

const [first, second] = [at(-50_000), at(-10_000)];
const never = { billingAnchor: null, anchorSince: null, anchorBefore: null };

describe('anchorInForce', () => {
  it('is none until something was paid', () => {
    expect(anchorInForce([assignment()], AT)).toEqual(never);
  });

  it('is that of the newest assignment that has one, also after it has ended', () => {
    const older = assignment({ from: at(-90_000), billingAnchor: first, to: at(-60_000) });
    const newer = assignment({ from: at(-20_000), billingAnchor: second, to: at(-5_000) });
    const given = assignment({ from: at(-1_000) });
    expect(anchorInForce([older, newer, given], AT)).toMatchObject({ billingAnchor: second });
  });

  it('does not look ahead', () => {
    expect(anchorInForce([assignment({ from: at(1), billingAnchor: first })], AT)).toEqual(never);
  });
});

describe('anchorAfter', () => {
  it('moves from the creation of the owner to the first paid anchor', () => {
    expect(anchorAfter(never, first, AT)).toEqual({
      billingAnchor: first,
      anchorSince: AT,
      anchorBefore: null,
    });
  });

  it('keeps its history when the same anchor is said again', () => {
    const moved = { billingAnchor: second, anchorSince: at(-9_000), anchorBefore: first };
    expect(anchorAfter(moved, new Date(second), AT)).toEqual(moved);
  });

  it('remembers the anchor that it replaces', () => {
    const current = { billingAnchor: first, anchorSince: first, anchorBefore: null };
    expect(anchorAfter(current, second, AT)).toEqual({
      billingAnchor: second,
      anchorSince: AT,
      anchorBefore: first,
    });
  });

  it('moves nothing when billing knows of no anchor', () => {
    expect(anchorAfter({ billingAnchor: first, anchorSince: first, anchorBefore: null }, null, AT)).toEqual(
      never,
    );
  });
});
