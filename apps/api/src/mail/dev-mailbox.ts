import { Injectable } from '@nestjs/common';
import { Clock, IdGenerator } from '@tollgate/kernel';
import { type Mail, Mailer } from './mailer.js';

/** The mailbox is for looking at the latest mails, not for keeping them. */
const MOST_MAILS = 100;

/** A mail as the mailbox shows it. */
export interface ReceivedMail extends Mail {
  readonly id: string;
  readonly at: Date;
}

/** Keeps the latest mails in memory instead of sending them; only composed under `npm start`. */
@Injectable()
export class DevMailbox extends Mailer {
  private mails: readonly ReceivedMail[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {
    super();
  }

  override async send(mail: Mail): Promise<void> {
    this.mails = [{ ...mail, id: this.ids.next(), at: this.clock.now() }, ...this.mails].slice(0, MOST_MAILS);
  }

  /** The mails kept, newest first. */
  list(): readonly ReceivedMail[] {
    return this.mails;
  }
}
