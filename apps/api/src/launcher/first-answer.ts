import type { z } from 'zod';
import type { Child } from './child.js';

/** What came first of a child: a message of the awaited shape, or its end (or the end of our patience). */
export type FirstAnswer<T> =
  | { readonly kind: 'message'; readonly message: T }
  | { readonly kind: 'ended'; readonly reason: string };

/** Waits for the first message of that shape; other messages are not meant for us. */
export async function firstAnswer<S extends z.ZodType>(
  child: Child,
  shape: S,
  patienceMs: number,
): Promise<FirstAnswer<z.infer<S>>> {
  return new Promise((resolve) => {
    const end = (reason: string) => {
      clearTimeout(timer);
      resolve({ kind: 'ended', reason });
    };
    const timer = setTimeout(() => end(`no word within ${patienceMs / 1000} s`), patienceMs);
    child.onMessage((received) => {
      const { success, data } = shape.safeParse(received);
      if (!success) return;
      clearTimeout(timer);
      resolve({ kind: 'message', message: data });
    });
    void child.exited.then((reason) => end(`it ended with ${reason}`));
  });
}
