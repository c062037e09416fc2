import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { Catalogs } from '../catalog/catalogs.service.js';
import { gatedHandlers } from './gated-handlers.js';

/**
 * Says at boot which gates ask about a feature that the catalog in force does not have. Only a warning: they deny
 * everybody with `feature_unknown` until a catalog with the feature is published, which may be the very next thing.
 */
@Injectable()
export class UnknownFeatures implements OnApplicationBootstrap {
  private readonly logger = new Logger(UnknownFeatures.name);

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly catalogs: Catalogs,
  ) {}

  onApplicationBootstrap(): void {
    const { features, version } = this.catalogs.inForceOrNull ?? {};
    if (!features) return;
    for (const { name, gates } of gatedHandlers(this.discovery, this.scanner))
      for (const feature of gates.flatMap((gate) => gate.features))
        if (!features.has(feature))
          this.logger.warn(
            `${name} denies everybody: there is no feature "${feature}" in version ${version} of the catalog`,
          );
  }
}
