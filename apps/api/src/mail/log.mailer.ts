import { Injectable, Logger } from '@nestjs/common';
import { type Mail, Mailer } from './mailer.js';

/** Sends nothing: notes that a mail would have gone out, never to whom or what it said. */
@Injectable()
export class LogMailer extends Mailer {
  private readonly logger = new Logger(LogMailer.name);

  override async send(_mail: Mail): Promise<void> {
    this.logger.log('a mail was due, but no mail server is set up');
  }
}
