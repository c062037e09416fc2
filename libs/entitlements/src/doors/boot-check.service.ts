import { Injectable, type OnApplicationBootstrap, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { GateMisdeclaredError } from '../access/access.errors.js';
import { type BillingRule, billingRuleOf } from '../access/billed-to.decorator.js';
import { type GatedHandler, gatedHandlers, type Reach } from './gated-handlers.js';

/** Rules that read a request make no sense for anything else. */
const RULES: Readonly<Record<Reach, ReadonlySet<BillingRule['by']>>> = {
  request: new Set(['caller', 'organization', 'resource']),
  call: new Set(['resource', 'access']),
};

/** Refuses to boot an application in which a guarded handler does not say who pays, or by what cannot be found. */
@Injectable()
export class BootCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws GateMisdeclaredError naming the handler */
  onApplicationBootstrap(): void {
    for (const handler of gatedHandlers(this.discovery, this.scanner)) this.check(handler);
  }

  private check({ name, handler, owner, reach }: GatedHandler): void {
    const rule = billingRuleOf(handler, owner);
    if (!rule) throw new GateMisdeclaredError(`${name} is guarded but no @BilledTo declares who pays`);
    if (!RULES[reach].has(rule.by))
      throw new GateMisdeclaredError(`${name} is billed by "${rule.by}", which a ${reach} does not have`);
    if (rule.by === 'resource' && !this.isProvided(rule.lookup))
      throw new GateMisdeclaredError(`${name} is billed by ${rule.lookup.name}, which no module provides`);
  }

  private isProvided(lookup: Type): boolean {
    return this.discovery.getProviders().some(({ token }) => token === lookup);
  }
}
