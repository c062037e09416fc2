/** Something the person at the terminal can put right; `message` is one line that says how. */
export class LauncherError extends Error {
  override readonly name = 'LauncherError';
}
