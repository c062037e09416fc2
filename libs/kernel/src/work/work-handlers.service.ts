import { Injectable } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import type { WorkHandler } from './work-item.js';

/** Who does which kind of work in this process; filled by the rooms when their module starts. */
@Injectable()
export class WorkHandlers {
  private readonly byKind = new Map<string, WorkHandler>();

  /** Declares the handler of a kind; a kind has exactly one. */
  register(handler: WorkHandler): void {
    if (this.byKind.has(handler.kind)) {
      throw new DomainError(
        'defect',
        'work_handler_twice',
        `Two handlers for work of kind "${handler.kind}"`,
      );
    }
    this.byKind.set(handler.kind, handler);
  }

  /** The kinds that this process can work on. */
  kinds(): string[] {
    return [...this.byKind.keys()];
  }

  /** The handler of a kind that {@link kinds} names. */
  of(kind: string): WorkHandler {
    const handler = this.byKind.get(kind);
    if (!handler)
      throw new DomainError('defect', 'work_handler_missing', `No handler for work of kind "${kind}"`);
    return handler;
  }
}
