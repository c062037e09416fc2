import type { TestApp } from './app.js';
import { eventually } from './poll.js';

/** An event as the sandbox keeps it, sent or not. */
export interface SandboxEvent {
  readonly id: string;
  readonly provider: string;
  readonly type: string;
  readonly state: string;
  readonly payload: unknown;
}

/** From now on no event leaves the sandbox by itself: a test delivers each by its own hand; `false` ends that. */
export async function holdEvents(test: TestApp, isHeld = true): Promise<void> {
  const behaviour = { shuffle: false, duplicate: 0, drop: isHeld ? 1 : 0 };
  (await test.sandbox.control.put('/_control/webhooks', behaviour)).expect(200);
}

/** The events that speak of an id, oldest first. */
export async function eventsAbout(test: TestApp, id: string): Promise<SandboxEvent[]> {
  const { body } = (await test.sandbox.control.get('/_control/webhooks')).expect(200);
  const events = body['events'] as SandboxEvent[];
  return events.filter(({ payload }) => JSON.stringify(payload).includes(id));
}

/** The latest event of one type about an id. */
export async function eventOf(test: TestApp, id: string, type: string): Promise<SandboxEvent> {
  const event = (await eventsAbout(test, id)).findLast((one) => one.type === type);
  if (!event) throw new Error(`the sandbox made no ${type} about ${id}`);
  return event;
}

/** Delivers one event, once more if it was delivered before, and waits until nothing is left to do about it. */
export async function deliverEvent(test: TestApp, { id }: SandboxEvent): Promise<void> {
  (await test.sandbox.control.post(`/_control/webhooks/${id}/replay`)).expect(200);
  await workedOff(test);
}

/** Waits until no event waits and no work is pending. */
export async function workedOff(test: TestApp): Promise<void> {
  await eventually(async () => {
    const [row] = await test.database.query<{ left: string }[]>(
      `select (select count(*) from inbox_event where state = 'received')
            + (select count(*) from work_item where state = 'pending') as left`,
    );
    return row?.left === '0';
  });
}

/** Moves all time to the instant (ms) in one jump, and waits until what fell due has happened and was worked off. */
export async function moveTo(test: TestApp, at: number): Promise<void> {
  await test.moveClock(new Date(at));
  await test.sandbox.flush();
  await workedOff(test);
}
