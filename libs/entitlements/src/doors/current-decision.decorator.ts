import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GateMisdeclaredError } from '../access/access.errors.js';
import type { FeatureKey } from '../catalog/registered-catalog.js';
import type { Allowed } from '../decisions/decision.js';
import { decisionsOf, type GivenDecisions } from './given-decisions.js';
import { routeArguments } from './route-arguments.js';

/** What a handler gets in place of a decision until its last gate has answered. */
class DecisionWish {
  constructor(readonly feature: string | null) {}
}

/** Handlers behind our gates that ask for a decision. Only for them are decisions kept. */
const askers = new WeakSet<object>();

const wish = (feature: string | undefined, execution: ExecutionContext): DecisionWish => {
  if (!askers.has(execution.getHandler()))
    throw new GateMisdeclaredError('A handler asks for a decision without a gate of ours');
  return new DecisionWish(feature ?? null);
};

const Wish = createParamDecorator(wish);

/**
 * The yes with which the handler's gate let the caller in: plan, source, limit, and (where something was counted) what
 * is left. Of several gates name the feature; without a name it is the answer that was given last. Of a capacity it is
 * the answer before the claim was taken. Methods of providers find the same in `DoorPass`.
 *
 * @example
 * \@Consumes('executions')
 * \@Post(':id/executions')
 * execute(\@CurrentDecision('executions') { remaining }: Allowed) {}
 */
export function CurrentDecision(feature?: FeatureKey): ParameterDecorator {
  return Wish(feature);
}

/** Whether the method declares {@link CurrentDecision} for one of its parameters. */
export function asksForDecision(target: object, key: string | symbol): boolean {
  return routeArguments(target, key).some(({ factory }) => factory === wish);
}

/** From now on decisions are kept for this handler. */
export function keepDecisionsFor(handler: object): void {
  askers.add(handler);
}

/** Keeps what a guard answered for the handler behind it, if that asks for it. */
export function giveToHandler(execution: ExecutionContext, ...decisions: readonly Allowed[]): void {
  if (askers.has(execution.getHandler()))
    decisionsOf(execution.switchToHttp().getRequest<object>()).give(...decisions);
}

/** A handler's arguments, with every wish for a decision granted. */
export function withDecisions(args: readonly unknown[], given: GivenDecisions): unknown[] {
  return args.map((arg) => (arg instanceof DecisionWish ? given.about(arg.feature) : arg));
}
