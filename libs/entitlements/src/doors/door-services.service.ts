import { Injectable, type OnApplicationShutdown, type Type } from '@nestjs/common';
import { DiscoveryService, ModuleRef } from '@nestjs/core';
import { GateMisdeclaredError } from '../access/access.errors.js';
import { Callers } from '../access/callers.service.js';
import { CapacityGate } from '../gates/capacity-gate.service.js';
import { CeilingGate } from '../gates/ceiling-gate.service.js';
import { FeatureGate } from '../gates/feature-gate.service.js';
import { MeterGate } from '../gates/meter-gate.service.js';

/** The applications of this process, each with its doors. */
const running = new Set<DoorServices>();
const known = new WeakMap<object, DoorServices>();

/** What the gates of methods ask, for the application that a method's object belongs to. */
@Injectable()
export class DoorServices implements OnApplicationShutdown {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly moduleRef: ModuleRef,
  ) {
    running.add(this);
  }

  onApplicationShutdown(): void {
    running.delete(this);
  }

  /**
   * The services of the application that composed this object.
   *
   * @throws GateMisdeclaredError when no application did: nothing would be checked
   */
  static of(instance: object, features: readonly string[]): DoorServices {
    const found = known.get(instance) ?? [...running].find((services) => services.composed(instance));
    if (!found) {
      const name = `${instance.constructor.name} (${features.join(', ')})`;
      throw new GateMisdeclaredError(`A gated method of ${name} runs in no application that has our gates`);
    }
    known.set(instance, found);
    return found;
  }

  get callers(): Callers {
    return this.get(Callers);
  }

  get features(): FeatureGate {
    return this.get(FeatureGate);
  }

  get capacities(): CapacityGate {
    return this.get(CapacityGate);
  }

  get ceilings(): CeilingGate {
    return this.get(CeilingGate);
  }

  get meters(): MeterGate {
    return this.get(MeterGate);
  }

  /** A provider of the application, from whichever module. */
  get<T>(type: Type<T>): T {
    return this.moduleRef.get(type, { strict: false });
  }

  /** Objects made for one request are not listed; their class is. */
  private composed(instance: object): boolean {
    const wrappers = [...this.discovery.getProviders(), ...this.discovery.getControllers()];
    return wrappers.some(
      (wrapper) =>
        (wrapper.isDependencyTreeStatic() && wrapper.instance === instance) ||
        (!wrapper.isDependencyTreeStatic() && wrapper.metatype === instance.constructor),
    );
  }
}
