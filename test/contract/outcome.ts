/** What became of a call: its value, or the error it ended with, to be compared by their fields. */
export async function outcomeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value) => value,
    (error: unknown) => error,
  );
}
