import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CatalogHistory, Catalogs } from '@tollgate/entitlements';
import { StaffRoute } from '../../auth/staff/staff-route.decorator.js';
import { ApiErrors } from '../../http/api-errors.decorator.js';
import { pageOf } from '../page.js';
import {
  changeView,
  dataOf,
  versionView,
  viewOfVersion,
  viewOfWholeVersion,
  wholeVersionView,
} from './catalog-views.js';
import { type CompareQuery, compareQuery, type VersionsQuery, versionsQuery } from './catalog.schemas.js';
import { VersionParam } from './version-param.pipe.js';

/** The versions of the catalog, which never change. */
@ApiTags('staff catalog')
@Controller('staff/catalog')
export class CatalogController {
  constructor(
    private readonly history: CatalogHistory,
    private readonly catalogs: Catalogs,
  ) {}

  @Get()
  @StaffRoute('catalog.read')
  @ApiOperation({ summary: 'The catalog in force, with who published it and why' })
  @ApiOkResponse({ standardSchema: dataOf(wholeVersionView) })
  @ApiErrors([503, 'catalog_missing'])
  async current(): Promise<object> {
    return { data: viewOfWholeVersion(await this.history.version(this.catalogs.current().version)) };
  }

  @Get('versions')
  @StaffRoute('catalog.read')
  @ApiOperation({ summary: 'All versions, newest first' })
  @ApiOkResponse({
    standardSchema: z.object({
      data: z.array(versionView),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  })
  @ApiErrors(400)
  async versions(@Query({ schema: versionsQuery }) { limit, before }: VersionsQuery): Promise<object> {
    const found = await this.history.versions(before ?? null, limit + 1);
    const { page, pageInfo } = pageOf(found, limit, ({ version }) => version.toString());
    return { data: page.map(viewOfVersion), pageInfo };
  }

  @Get('versions/:version')
  @StaffRoute('catalog.read')
  @ApiOperation({ summary: 'One version with all that stands in it' })
  @ApiOkResponse({ standardSchema: dataOf(wholeVersionView) })
  @ApiErrors(404)
  async version(@Param('version', new VersionParam()) version: number): Promise<object> {
    return { data: viewOfWholeVersion(await this.history.version(version)) };
  }

  @Get('versions/:version/diff')
  @StaffRoute('catalog.read')
  @ApiOperation({ summary: 'What changed from one version to another' })
  @ApiOkResponse({ standardSchema: dataOf(z.array(changeView)) })
  @ApiErrors(400, 404)
  async diff(
    @Param('version', new VersionParam()) version: number,
    @Query({ schema: compareQuery }) { to }: CompareQuery,
  ): Promise<object> {
    return { data: await this.history.difference(version, to) };
  }
}
