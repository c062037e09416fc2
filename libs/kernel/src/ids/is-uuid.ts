const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text is spelled as a UUID, of any version: only then may it be compared with a uuid column. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
