import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { GateMisdeclaredError } from '../access/access.errors.js';
import { asksForDecision, keepDecisionsFor } from './current-decision.decorator.js';
import { DoorServices } from './door-services.service.js';
import type { Gate } from './gate.js';
import { enterByCall, enterByRequest, type Passable } from './passage.js';
import { routeArguments } from './route-arguments.js';

/** A method with its gates, in the order in which they are asked. */
interface GatedMethod extends Passable {
  readonly gates: Gate[];
  /** Where a request's execution context stands among the arguments; null while no gate needs it. */
  executionAt: number | null;
}

const methods = new WeakMap<object, GatedMethod>();

/** The gates of a method; undefined for one that has none. */
export function gatesOf(method: object): readonly Gate[] | undefined {
  return methods.get(method)?.gates;
}

/** Hands the execution context to the method behind which a gate stands. */
const Execution = createParamDecorator((_: unknown, execution: ExecutionContext) => execution);

/**
 * Puts a gate before a method. Decorator and gate are one thing: on a controller a guard is made for this very
 * decorator, on any other provider the method itself is replaced. A method of a class that nobody has composed
 * refuses to run.
 */
export function gated(gate: Gate, guard: Type<CanActivate>): MethodDecorator {
  return (target, key, descriptor: PropertyDescriptor) => {
    const method = methods.get(descriptor.value as object) ?? wrap(descriptor);
    if (gate.entersLast && method.gates.some(({ entersLast }) => entersLast))
      throw new GateMisdeclaredError(
        `${String(key)}: name all quotas in one @Consumes, so that all are counted or none`,
      );
    method.gates.push(gate);
    const asks = asksForDecision(target, key);
    if (asks) keepDecisionsFor(method.gated);
    if ((gate.enter || asks) && method.executionAt === null)
      method.executionAt = injectExecution(target, key);
    UseGuards(guard)(target, key, descriptor);
  };
}

function wrap(descriptor: PropertyDescriptor): GatedMethod {
  const handler = descriptor.value as Passable['handler'];
  function gatedMethod(this: object, ...args: unknown[]): unknown {
    if (!isController(this)) return enterByCall(servicesFor(this, method), method, this, args);
    if (method.executionAt === null) return handler.apply(this, args);
    const execution = args[method.executionAt] as ExecutionContext | undefined;
    const own = args.slice(0, method.executionAt);
    // A unit test calls the handler by itself: there is no request, and nothing to hold back.
    if (execution === undefined) return handler.apply(this, own);
    return enterByRequest(servicesFor(this, method), method, this, own, execution);
  }
  // Nest and its OpenAPI module find parameters by the method's name, and everything else by its metadata.
  Object.defineProperty(gatedMethod, 'name', { value: handler.name });
  for (const metadataKey of Reflect.getMetadataKeys(handler) as string[]) {
    Reflect.defineMetadata(metadataKey, Reflect.getMetadata(metadataKey, handler), gatedMethod);
  }
  const method: GatedMethod = { gated: gatedMethod, handler, gates: [], executionAt: null };
  methods.set(gatedMethod, method);
  descriptor.value = gatedMethod;
  return method;
}

/** Nest's own mark of a controller class (`@Controller`). */
const CONTROLLER = '__controller__';

const controllers = new WeakMap<object, boolean>();

function isController({ constructor }: object): boolean {
  const known = controllers.get(constructor);
  if (known !== undefined) return known;
  const is = Reflect.hasMetadata(CONTROLLER, constructor);
  controllers.set(constructor, is);
  return is;
}

/** One more argument, behind those that the handler declares. */
function injectExecution(target: object, key: string | symbol): number {
  const types = (Reflect.getMetadata('design:paramtypes', target, key) ?? []) as unknown[];
  const index = Math.max(types.length, ...routeArguments(target, key).map((argument) => argument.index + 1));
  Execution()(target, key, index);
  return index;
}

function servicesFor(instance: object, { gates }: GatedMethod): DoorServices {
  return DoorServices.of(
    instance,
    gates.flatMap(({ features }) => features),
  );
}
