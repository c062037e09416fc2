const shortest = 3;
const longest = 500;

/** A reason that a later reader can use: between 3 and 500 characters, blanks around it not counted. */
export function validateReason(value: string | null | undefined): string | undefined {
  const { length } = value?.trim() ?? '';
  if (length === 0) return 'Give a reason';
  if (length < shortest) return `Give a reason of at least ${shortest} characters`;
  return length > longest ? `Keep the reason under ${longest} characters` : undefined;
}
