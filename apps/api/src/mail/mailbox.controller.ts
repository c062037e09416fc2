import { Controller, Get, Header, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { LoopbackGuard } from '../http/loopback.guard.js';
import { Public } from '../http/public.decorator.js';
import { DevMailbox } from './dev-mailbox.js';
import { mailboxPage } from './mailbox-page.js';

/** Where a developer reads the mails of a local start; to every other machine the page does not exist. */
@ApiExcludeController()
@Public()
@UseGuards(LoopbackGuard)
@Controller('dev/mailbox')
export class MailboxController {
  constructor(private readonly mailbox: DevMailbox) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  page(): string {
    return mailboxPage(this.mailbox.list());
  }
}
