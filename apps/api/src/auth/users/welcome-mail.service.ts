import { Injectable, Logger } from '@nestjs/common';
import { errorLine } from '@tollgate/kernel';
import { Mailer } from '../../mail/mailer.js';
import type { AppUser } from './users.repository.js';

/** Greets a new user. */
@Injectable()
export class WelcomeMail {
  private readonly logger = new Logger(WelcomeMail.name);

  constructor(private readonly mailer: Mailer) {}

  /** Sends the mail after the registration is committed; a mail server that is down does not undo it. */
  async send(user: AppUser): Promise<void> {
    try {
      await this.mailer.send({
        to: user.email,
        subject: 'Welcome to Tollgate',
        text: `Hello${user.name === null ? '' : ` ${user.name}`},\n\nyour account is ready. You are on the free plan.`,
      });
    } catch (error) {
      this.logger.warn(`welcome mail for user ${user.id} was not sent: ${errorLine(error)}`);
    }
  }
}
