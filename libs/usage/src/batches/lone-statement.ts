import type { FastGroup } from './fast-group.js';
import { isRemembered } from './fast-parameters.js';

/**
 * The fast statement for a batch of one counter and one bucket, without a grant to remember or a window to open with:
 * a lone call, or many calls of one principal on one counter. It writes the same rows, but of plain values: starting
 * the parts that take lists apart would cost a lone caller half as much again as the rows themselves.
 *
 * Parameters: the writer ($1 id, $2 epoch, $3 batch, $4 now), then those of `loneParameters`. Gives one row, `used`, if
 * the units fit, else none.
 */
export const LONE_STATEMENT = `
  with fence as materialized (
    select 1 from usage_writer where id = $1::uuid and epoch = $2::bigint for update),
  counted as (
    insert into usage_counter as c (owner_id, feature, window_start, window_end, used, held_to)
    select $5::uuid, $6::text, $7::timestamptz, $8::timestamptz, $9::bigint, $10::bigint from fence
    where $9::bigint <= $10::bigint
    on conflict (owner_id, feature, window_start) do update
      set used = c.used + excluded.used, held_to = excluded.held_to
      where c.used <= excluded.held_to - excluded.used
    returning c.used, c.held_to),
  bucketed as (
    insert into usage_bucket as b (hour, owner_id, feature, window_start, organization_id, principal, quantity)
    select $11::timestamptz, $5, $6, $7, $12::uuid, $13::text, $9 from counted
    on conflict (hour, owner_id, feature, organization_id, principal, window_start)
      do update set quantity = b.quantity + excluded.quantity),
  told as (
    insert into usage_threshold (owner_id, feature, window_start, percent, used, "limit", reached_at)
    select $5, $6, $7, s.percent, c.used, c.held_to, $14::timestamptz
    from counted c, lateral (values (80, c.held_to - c.held_to / 5), (100, c.held_to)) as s (percent, units)
    where c.used >= s.units and c.held_to between 1 and 9223372036854775806
    on conflict do nothing),
  noted as (
    update usage_writer set batch = $3::bigint, seen_at = $4::timestamptz, left_out = null
    where id = $1 and exists (select 1 from counted))
  select used from counted`;

/** The parameters from $5 on, or null for a group that needs more than the lone statement has. */
export function loneParameters({ wish, meter, room, total, buckets, members }: FastGroup): string[] | null {
  const [bucket, another] = buckets;
  const { ownerId, at } = wish;
  const { feature, window } = meter;
  if (!bucket || another || window.opensWith !== null) return null;
  if (members.some(({ ask }) => isRemembered(ask.counting))) return null;
  return [
    ownerId,
    feature,
    window.start.toISOString(),
    window.end.toISOString(),
    String(total),
    String(room),
    bucket.hour.toISOString(),
    bucket.organizationId,
    bucket.principal,
    at.toISOString(),
  ];
}
