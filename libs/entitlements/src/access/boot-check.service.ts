import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { GateMisdeclaredError } from './access.errors.js';
import { BILLING_RULE } from './billed-to.decorator.js';
import { GATED } from './gate-mark.js';

/** Refuses to boot an application in which a guarded handler does not say who pays. */
@Injectable()
export class BootCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws GateMisdeclaredError naming the handler */
  onApplicationBootstrap(): void {
    for (const { metatype } of this.discovery.getControllers()) {
      if (typeof metatype === 'function') this.check(metatype);
    }
  }

  private check(controller: Function): void {
    const prototype = controller.prototype as Record<string, Function>;
    for (const name of this.scanner.getAllMethodNames(prototype)) {
      const handler = prototype[name];
      if (!handler || !this.reflector.get<boolean | undefined>(GATED, handler)) continue;
      if (!this.reflector.getAllAndOverride(BILLING_RULE, [handler, controller as never])) {
        throw new GateMisdeclaredError(
          `${controller.name}.${name} is guarded but no @BilledTo declares who pays`,
        );
      }
    }
  }
}
