import 'reflect-metadata';
import type { Type } from '@nestjs/common';

/**
 * What keeps a set of Nest modules from being separate rooms, in words; empty when nothing does.
 * Each must have exports of its own; none may hand out another of the set, nor what another provides, and two may not
 * import one another.
 */
export function moduleFaults(modules: readonly Type[]): string[] {
  return [...sameModule(modules), ...modules.flatMap((module) => faultsOf(module, modules))];
}

function faultsOf(module: Type, modules: readonly Type[]): string[] {
  const exported = listOf('exports', module);
  const others = modules.filter((other) => other !== module);
  return [
    ...(exported.length === 0 ? [`${module.name} exports nothing`] : []),
    ...others
      .filter((other) => exported.includes(other))
      .map((other) => `${module.name} re-exports ${other.name}`),
    ...others
      .filter((other) =>
        exported.some((token) => providersOf(other).includes(token) && !providersOf(module).includes(token)),
      )
      .map((other) => `${module.name} exports what ${other.name} provides`),
    ...others
      .filter(
        (other) => listOf('imports', module).includes(other) && listOf('imports', other).includes(module),
      )
      .map((other) => `${module.name} and ${other.name} import one another`),
  ];
}

function sameModule(modules: readonly Type[]): string[] {
  const names = modules.map(({ name }) => name);
  return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name} stands twice`);
}

/** Tokens a module provides; custom providers by their `provide`. */
const providersOf = (module: Type): unknown[] =>
  listOf('providers', module).map((provider) =>
    typeof provider === 'object' && provider !== null && 'provide' in provider ? provider.provide : provider,
  );

/** One list of a module's metadata; a dynamic module counts as its class. */
const listOf = (key: 'exports' | 'imports' | 'providers', module: Type): unknown[] =>
  ((Reflect.getMetadata(key, module) as unknown[] | undefined) ?? []).map((entry) =>
    typeof entry === 'object' && entry !== null && 'module' in entry ? entry.module : entry,
  );
