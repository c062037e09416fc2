import { Injectable, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { GateMisdeclaredError } from './access.errors.js';
import { BILLING_RULE, type BillingRule } from './billed-to.decorator.js';
import { GATED } from './gate-mark.js';

/** Refuses to boot an application in which a guarded handler does not say who pays, or by a lookup nobody provides. */
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
      const named = `${controller.name}.${name}`;
      const rule = this.reflector.getAllAndOverride<BillingRule | undefined>(BILLING_RULE, [
        handler,
        controller as never,
      ]);
      if (!rule) throw new GateMisdeclaredError(`${named} is guarded but no @BilledTo declares who pays`);
      if (rule.by === 'resource' && !this.isProvided(rule.lookup))
        throw new GateMisdeclaredError(`${named} is billed by ${rule.lookup.name}, which no module provides`);
    }
  }

  private isProvided(lookup: Type): boolean {
    return this.discovery.getProviders().some(({ token }) => token === lookup);
  }
}
