import { Injectable } from '@nestjs/common';
import { Gate } from '../../support/gate.js';

/** What handlers did that cannot be undone: the calls they made to the outside. */
@Injectable()
export class Outside {
  readonly calls: string[] = [];
  /** What long work waits for. */
  goOn = new Gate();

  call(what: string): string {
    this.calls.push(what);
    return what;
  }
}
