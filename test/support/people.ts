import { randomUUID } from 'node:crypto';
import type { TestApp } from './app.js';
import type { Caller } from './caller.js';
import { eventually } from './poll.js';
import { workedOff } from './sandbox-events.js';

/** A user who has registered. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly call: Caller;
}

/** Registers somebody new over HTTP. */
export async function register(test: TestApp): Promise<Person> {
  const email = `${randomUUID()}@example.test`;
  const answer = await test.anonymous.post('/v1/register', {
    email,
    password: 'correct horse battery',
    name: 'Somebody',
  });
  const { user, accessToken } = answer.expect(201).body as { user: { id: string }; accessToken: string };
  return { id: user.id, email, call: test.anonymous.with({ authorization: `Bearer ${accessToken}` }) };
}

/** Opens a checkout, pays it on the hosted page, and waits until the subscription has arrived. */
export async function buy(
  test: TestApp,
  person: Person,
  wish: { plan: string; interval: 'month' | 'year'; seats?: number },
): Promise<void> {
  const checkout = (await person.call.post('/v1/checkout', wish)).expect(201);
  (await test.sandbox.pay(String(checkout.body['url']))).expect(303);
  await settled(test, async () => (await subscriptionOf(person))['plan'] === wish.plan);
}

/** The person's subscription as the API answers it. */
export async function subscriptionOf(person: Person): Promise<Record<string, unknown>> {
  return (await person.call.get('/v1/subscription')).expect(200).body;
}

/** Wishes something for the person's subscription (`pause`, `cancel`, …), and waits until it is done and applied. */
export async function wishDone(test: TestApp, person: Person, what: string): Promise<void> {
  const { body } = (await person.call.post(`/v1/subscription/${what}`, {})).expect(202);
  const { id } = body['command'] as { id: string };
  await settled(test, async () => {
    const { state } = (await person.call.get(`/v1/subscription/commands/${id}`)).body;
    return state === 'done';
  });
  await workedOff(test);
}

/** Delivers what is due and waits until `look` holds. */
export async function settled(test: TestApp, look: () => Promise<boolean>): Promise<void> {
  await test.sandbox.flush();
  await eventually(look);
}
