import { Module } from '@nestjs/common';
import { SeatsModule } from '../seats/seats.module.js';
import { SubscriptionSyncModule } from '../subscription-sync/subscription-sync.module.js';
import { CommandOutcomes } from './command-outcomes.service.js';
import { ProviderCommandsModule } from './provider-commands.module.js';
import { SendCommandsHandler } from './send-commands.handler.js';
import { SendCommands } from './send-commands.service.js';

/** Sends what waits in the outbox. */
@Module({
  imports: [ProviderCommandsModule, SeatsModule, SubscriptionSyncModule],
  providers: [SendCommands, SendCommandsHandler, CommandOutcomes],
})
export class CommandWorkModule {}
