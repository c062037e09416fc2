/** The text as a LIKE pattern that matches exactly itself (with backslash as the escape character). */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`);
}
