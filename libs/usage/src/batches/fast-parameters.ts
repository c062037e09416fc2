import type { Counting } from '../counters/counting.js';
import { instantArray, plainArray, textArray } from '../database/array-text.js';
import type { UsageWindow } from '../windows/window-at.js';
import type { FastGroup } from './fast-group.js';
import type { FastNeeds } from './fast-statement.js';
import { Places } from './places.js';

/** One grant that is remembered, and the place of its counter among the groups, from 1. */
interface RememberedGrant {
  readonly counting: Counting;
  readonly counter: number;
}

/** What a fast statement is made for, and its parameters from $5 on: whatever the text names is there, and no more. */
export interface FastParameters {
  readonly needs: FastNeeds;
  readonly columns: string[];
}

/**
 * What these groups need of a statement, with its parameters; those of grants are left out when no grant is remembered.
 * What many rows share travels once and is named by its place: spelled out in each row, it would be most of the text to
 * read.
 */
export function fastParameters(groups: readonly FastGroup[]): FastParameters {
  const instants = new Places<Date, number>();
  const placeOf = (at: Date): number => instants.of(at.getTime(), at);
  const windows = new Places<UsageWindow, string>();
  const counters = counterColumns(groups, windows, placeOf);
  const buckets = bucketColumns(groups, placeOf);
  const grants = grantColumns(groups, placeOf);
  const openings = openingColumn(windows.values);
  return {
    needs: { opening: openings.length > 0, remembered: grants.length > 0 },
    columns: [instantArray(instants.values), ...counters, ...buckets, ...grants, ...openings],
  };
}

/** Whether a grant is found again: by its key, or as a reservation. */
export const isRemembered = ({ key, expiresAt }: Counting): boolean => key !== null || expiresAt !== null;

/** $6 features; $7 and $8 windows; $9 to $14 the counters. */
function counterColumns(
  groups: readonly FastGroup[],
  windows: Places<UsageWindow, string>,
  placeOf: (at: Date) => number,
): string[] {
  const features = new Places<string>();
  const featureOf: number[] = [];
  const windowOf: number[] = [];
  const atOf: number[] = [];
  for (const { wish, meter } of groups) {
    featureOf.push(features.of(meter.feature, meter.feature));
    windowOf.push(windows.of(nameOf(meter.window), meter.window));
    atOf.push(placeOf(wish.at));
  }
  return [
    textArray(features.values),
    instantArray(windows.values.map(({ start }) => start)),
    instantArray(windows.values.map(({ end }) => end)),
    plainArray(groups.map(({ wish }) => wish.ownerId)),
    plainArray(featureOf),
    plainArray(windowOf),
    plainArray(groups.map(({ total }) => total)),
    plainArray(groups.map(({ room }) => room)),
    plainArray(atOf),
  ];
}

/** $15 to $19: each bucket names its counter and its hour. */
function bucketColumns(groups: readonly FastGroup[], placeOf: (at: Date) => number): string[] {
  const counters: number[] = [];
  const hours: number[] = [];
  const organizations: string[] = [];
  const principals: string[] = [];
  const quantities: bigint[] = [];
  groups.forEach((group, index) => {
    for (const { hour, organizationId, principal, quantity } of group.buckets) {
      counters.push(index + 1);
      hours.push(placeOf(hour));
      organizations.push(organizationId);
      principals.push(principal);
      quantities.push(quantity);
    }
  });
  return [
    plainArray(counters),
    plainArray(hours),
    plainArray(organizations),
    textArray(principals),
    plainArray(quantities),
  ];
}

/** $20 to $27: each grant names its counter and the instant of its wish. */
function grantColumns(groups: readonly FastGroup[], placeOf: (at: Date) => number): string[] {
  const grants = rememberedOf(groups);
  if (grants.length === 0) return [];
  const column = <Value>(of: (counting: Counting) => Value): Value[] =>
    grants.map(({ counting }) => of(counting));
  return [
    plainArray(grants.map(({ counter }) => counter)),
    plainArray(column(({ grantId }) => grantId)),
    textArray(column(({ key }) => key)),
    plainArray(column(({ organizationId }) => organizationId)),
    textArray(column(({ principal }) => principal)),
    plainArray(column(({ at }) => placeOf(at))),
    instantArray(column(({ expiresAt }) => expiresAt)),
    plainArray(column(({ meters }) => meters[0]?.quantity ?? null)),
  ];
}

/** The last one: starts of the windows that others open with, if any does. */
function openingColumn(windows: readonly UsageWindow[]): string[] {
  const openings = windows.map(({ opensWith }) => opensWith);
  return openings.some((opening) => opening !== null) ? [instantArray(openings)] : [];
}

function rememberedOf(groups: readonly FastGroup[]): RememberedGrant[] {
  const grants: RememberedGrant[] = [];
  groups.forEach(({ members }, index) => {
    for (const {
      ask: { counting },
    } of members)
      if (isRemembered(counting)) grants.push({ counting, counter: index + 1 });
  });
  return grants;
}

const nameOf = ({ start, end, opensWith }: UsageWindow): string =>
  `${start.getTime()} ${end.getTime()} ${opensWith?.getTime()}`;
