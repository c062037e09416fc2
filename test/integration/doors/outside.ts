import { Injectable } from '@nestjs/common';

/** What handlers did that cannot be undone: the calls they made to the outside. */
@Injectable()
export class Outside {
  readonly calls: string[] = [];

  call(what: string): string {
    this.calls.push(what);
    return what;
  }
}
