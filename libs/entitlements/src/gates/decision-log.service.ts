import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock, errorLine } from '@tollgate/kernel';
import {
  type AskedFor,
  decisionEntry,
  type DecisionListener,
  type NotedCaller,
} from '../decisions/decision-entry.js';
import type { Decision } from '../decisions/decision.js';
import { ENTITLEMENTS_OPTIONS, type EntitlementsOptions } from '../entitlements.options.js';

/** Tells the application's listener of every decision that is given to somebody, once, wherever it was asked for. */
@Injectable()
export class DecisionLog {
  private readonly logger = new Logger(DecisionLog.name);
  private readonly listener: DecisionListener | null;

  constructor(
    @Inject(ENTITLEMENTS_OPTIONS) { onDecision }: EntitlementsOptions,
    private readonly clock: Clock,
  ) {
    this.listener = onDecision ?? null;
  }

  /** Costs nothing while nobody listens. What is made of a decision never changes it: a listener's error is only logged. */
  note(askedFor: AskedFor, caller: NotedCaller, decision: Decision): void {
    if (this.listener === null) return;
    try {
      this.listener(decisionEntry(askedFor, caller, decision, this.clock.now()));
    } catch (error) {
      this.logger.warn(`a decision could not be noted: ${errorLine(error)}`);
    }
  }
}
