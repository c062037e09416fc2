import { type ExecutionContext, Logger } from '@nestjs/common';
import { errorLine } from '@tollgate/kernel';
import { accessOf } from '../access/access-context.js';
import { GateMisdeclaredError } from '../access/access.errors.js';
import { billingRuleOf } from '../access/billed-to.decorator.js';
import { contextOfCall } from './call-context.js';
import { withDecisions } from './current-decision.decorator.js';
import { giveUpWhenDenied } from './denied-job.js';
import { DoorPass } from './door-pass.js';
import type { DoorServices } from './door-services.service.js';
import type { Entry, Exit, Gate } from './gate.js';
import { decisionsOf, GivenDecisions } from './given-decisions.js';
import { isQueueJob } from './queue-job.js';

const logger = new Logger('Doors');

type Method = (this: object, ...args: unknown[]) => unknown;

/** A method behind gates. */
export interface Passable {
  /** What stands in the class: it carries the metadata. */
  readonly gated: object;
  readonly handler: Method;
  readonly gates: readonly Gate[];
}

/** A request has passed its guards and pipes: what is left is to be done around the handler. */
export async function enterByRequest(
  services: DoorServices,
  method: Passable,
  self: object,
  args: readonly unknown[],
  execution: ExecutionContext,
): Promise<unknown> {
  const request = execution.switchToHttp().getRequest<object>();
  const context = accessOf(request);
  if (!context) throw new GateMisdeclaredError(`${execution.getClass().name} was entered without its guards`);
  const left = { claim: null, decisions: decisionsOf(request) };
  const entry: Entry = { context, args, execution, job: null, left };
  return runWithin(services, method, entry, () =>
    method.handler.apply(self, withDecisions(args, left.decisions)),
  );
}

/** A job, a cron handler or a plain call: nobody has been asked yet. */
export async function enterByCall(
  services: DoorServices,
  method: Passable,
  self: object,
  args: readonly unknown[],
): Promise<unknown> {
  const job = args.find(isQueueJob) ?? null;
  const rule = billingRuleOf(method.gated, self.constructor);
  return giveUpWhenDenied(job, async () => {
    const name = `${self.constructor.name}.${method.handler.name}`;
    const context = await contextOfCall(services, rule, args, name);
    const entry: Entry = {
      context,
      args,
      execution: null,
      job,
      left: { claim: null, decisions: new GivenDecisions() },
    };
    for (const gate of method.gates) await gate.check(services, entry);
    return runWithin(services, method, entry, () =>
      method.handler.apply(self, [...args, new DoorPass(context, entry.left)]),
    );
  });
}

async function runWithin(
  services: DoorServices,
  { gates }: Passable,
  entry: Entry,
  run: () => unknown,
): Promise<unknown> {
  const exits: Exit[] = [];
  try {
    for (const gate of inOrderOfEntry(gates)) {
      const exit = await gate.enter?.(services, entry);
      if (exit) exits.push(exit);
    }
    const result = await run();
    while (exits.length > 0) await exits.shift()?.succeeded();
    return result;
  } catch (error) {
    // What has been told already that the handler succeeded is not told that it failed.
    for (const exit of exits) await exit.failed(error).catch(warn);
    throw error;
  }
}

/** The handler's own failure is what the caller has to hear; units that could not be given back come back by themselves. */
function warn(error: unknown): void {
  logger.warn(`a gate could not be left: ${errorLine(error)}`);
}

function inOrderOfEntry(gates: readonly Gate[]): readonly Gate[] {
  return [...gates.filter((gate) => !gate.entersLast), ...gates.filter((gate) => gate.entersLast)];
}
