import { Module } from '@nestjs/common';
import { ProviderCommands } from './provider-commands.service.js';
import { ProviderCommandsStore } from './provider-commands.store.js';

/** Where wishes to providers are put. Who sends them stands in `CommandWorkModule`. */
@Module({
  providers: [ProviderCommands, ProviderCommandsStore],
  exports: [ProviderCommands, ProviderCommandsStore],
})
export class ProviderCommandsModule {}
