/** A bar that is met by a value of at least `limit`. */
export const atLeast = (name, value, limit) => barOf(name, value, '>=', limit);

/** A bar that is met by a value of at most `limit`. */
export const atMost = (name, value, limit) => barOf(name, value, '<=', limit);

/** A bar that is met by a value below `limit`. */
export const below = (name, value, limit) => barOf(name, value, '<', limit);

/** A bar that is met by exactly `limit`: counts, never measurements. */
export const exactly = (name, value, limit) => barOf(name, value, '=', limit);

/** Whether a value meets a bar as it stands in a result, such as `>= 15`; false for anything else. */
export function meets(value, bar) {
  const [, sign, limit] = /^(>=|<=|<|=) (-?\d+(?:\.\d+)?)$/.exec(bar) ?? [];
  if (sign === undefined || typeof value !== 'number' || Number.isNaN(value)) return false;
  switch (sign) {
    case '>=':
      return value >= Number(limit);
    case '<=':
      return value <= Number(limit);
    case '<':
      return value < Number(limit);
    default:
      return value === Number(limit);
  }
}

/** Values are kept to four digits: judged as they are written, so that a reader comes to the same verdict. */
function barOf(name, value, sign, limit) {
  const written = Number.isInteger(value) ? value : Number(value.toPrecision(4));
  const bar = `${sign} ${limit}`;
  return { name, value: written, bar, ok: meets(written, bar) };
}
