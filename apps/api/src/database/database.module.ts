import { type DynamicModule, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { connect } from './connect.js';

/** Ends the pool last: whatever works in `beforeApplicationShutdown` still has its connections. */
@Injectable()
class DataSourceCloser implements OnApplicationShutdown {
  constructor(private readonly dataSource: DataSource) {}

  async onApplicationShutdown(): Promise<void> {
    await this.dataSource.destroy();
  }
}

/** The application's data source; global. */
@Module({})
export class DatabaseModule {
  /** Connects to `url`; the migrations have run before. */
  static forRoot(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      providers: [{ provide: DataSource, useFactory: () => connect(url) }, DataSourceCloser],
      exports: [DataSource],
    };
  }
}
