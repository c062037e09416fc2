import type { Type } from '@nestjs/common';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Gate } from './gate.js';
import { gatesOf } from './gated-method.js';

/** How a handler is reached: by a request, or by whoever calls the method (jobs and cron handlers too). */
export type Reach = 'request' | 'call';

/** A handler of the application before which gates stand. */
export interface GatedHandler {
  /** `Class.method`, for messages. */
  readonly name: string;
  readonly handler: Function;
  readonly owner: Type;
  readonly reach: Reach;
  readonly gates: readonly Gate[];
}

/** Every guarded handler of the controllers and providers that the application is composed of. */
export function gatedHandlers(discovery: DiscoveryService, scanner: MetadataScanner): GatedHandler[] {
  return [
    ...discovery.getControllers().flatMap(({ metatype }) => handlersOf(metatype, 'request', scanner)),
    ...discovery.getProviders().flatMap(({ metatype }) => handlersOf(metatype, 'call', scanner)),
  ];
}

function handlersOf(metatype: Function | null, reach: Reach, scanner: MetadataScanner): GatedHandler[] {
  const prototype = metatype?.prototype as Record<string, Function> | undefined;
  if (!metatype || !prototype) return [];
  return scanner.getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    const gates = handler && gatesOf(handler);
    return gates
      ? [{ name: `${metatype.name}.${name}`, handler, owner: metatype as Type, reach, gates }]
      : [];
  });
}
