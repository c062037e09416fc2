import { type DynamicModule, Module } from '@nestjs/common';
import { DevMailbox } from './dev-mailbox.js';
import { LogMailer } from './log.mailer.js';
import { MailboxController } from './mailbox.controller.js';
import { Mailer } from './mailer.js';

/** How mail leaves this process. */
export interface MailOptions {
  /** Keeps mails for the page at `/dev/mailbox` instead of sending them; only for a local start. */
  readonly devMailbox: boolean;
}

/** Binds the `Mailer` port; global. */
@Module({})
export class MailModule {
  /** @example MailModule.forRoot({ devMailbox: false }) */
  static forRoot({ devMailbox }: MailOptions): DynamicModule {
    return devMailbox
      ? {
          module: MailModule,
          global: true,
          controllers: [MailboxController],
          providers: [DevMailbox, { provide: Mailer, useExisting: DevMailbox }],
          exports: [Mailer, DevMailbox],
        }
      : {
          module: MailModule,
          global: true,
          providers: [{ provide: Mailer, useClass: LogMailer }],
          exports: [Mailer],
        };
  }
}
