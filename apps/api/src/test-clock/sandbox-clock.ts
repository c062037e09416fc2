import { z } from 'zod';
import { UnavailableError } from '@tollgate/kernel';

const ANSWERS_WITHIN_MS = 30_000;
const A_SECOND_MS = 1_000;

const clockAnswer = z.object({ now: z.string() });

/**
 * Moves the sandbox's clock along; it answers when it has delivered what fell due.
 *
 * @throws UnavailableError `sandbox_unavailable`
 */
export async function moveSandboxClock(
  sandboxUrl: string,
  controlToken: string,
  { now, freeze }: { readonly now: Date; readonly freeze: boolean },
): Promise<void> {
  await ask(sandboxUrl, controlToken, {
    method: 'PUT',
    body: JSON.stringify({ now: now.toISOString(), freeze }),
  });
}

/** Moves the sandbox's clock to `now` unless it is there already, give or take a second. */
export async function catchUpSandboxClock(
  sandboxUrl: string,
  controlToken: string,
  move: { readonly now: Date; readonly freeze: boolean },
): Promise<void> {
  const { now } = clockAnswer.parse(await ask(sandboxUrl, controlToken, { method: 'GET' }));
  const behindMs = move.now.getTime() - new Date(now).getTime();
  if (behindMs > A_SECOND_MS) await moveSandboxClock(sandboxUrl, controlToken, move);
}

async function ask(sandboxUrl: string, controlToken: string, request: RequestInit): Promise<unknown> {
  try {
    const response = await fetch(`${sandboxUrl}/_control/clock`, {
      ...request,
      headers: {
        authorization: `Bearer ${controlToken}`,
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    if (!response.ok) throw new Error(`answered ${response.status}`);
    return await response.json();
  } catch (cause) {
    throw new UnavailableError('sandbox_unavailable', 'The sandbox did not follow the clock', 1, { cause });
  }
}
