import { Body, Controller, Get, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CatalogHistory, CurrentPrincipal } from '@tollgate/entitlements';
import type { Principal } from '@tollgate/kernel';
import { StaffRoute } from '../../auth/staff/staff-route.decorator.js';
import { ApiErrors } from '../../http/api-errors.decorator.js';
import { UuidParam } from '../../http/uuid-param.pipe.js';
import {
  dataOf,
  differenceView,
  draftView,
  viewOfDifference,
  viewOfDraft,
  viewOfWholeDraft,
  viewOfWholeVersion,
  wholeDraftView,
  wholeVersionView,
} from './catalog-views.js';
import {
  type BeginDraftForm,
  beginDraftForm,
  type CloseDraftForm,
  closeDraftForm,
  type ReplaceDraftForm,
  replaceDraftForm,
} from './catalog.schemas.js';
import { StaffCatalog } from './staff-catalog.service.js';

const MOST_DRAFTS = 100;

/** Drafts of the next catalog version. Nothing of a draft is in force before it is published. */
@ApiTags('staff catalog')
@Controller('staff/catalog/drafts')
export class CatalogDraftsController {
  constructor(
    private readonly catalog: StaffCatalog,
    private readonly history: CatalogHistory,
  ) {}

  @Get()
  @StaffRoute('catalog.read')
  @ApiOperation({ summary: 'Open drafts, newest first' })
  @ApiOkResponse({ standardSchema: dataOf(z.array(draftView)) })
  async index(): Promise<object> {
    return { data: (await this.history.openDrafts(MOST_DRAFTS)).map(viewOfDraft) };
  }

  @Post()
  @StaffRoute('catalog.edit')
  @ApiOperation({ summary: 'Begins a draft on the current version' })
  @ApiCreatedResponse({ standardSchema: dataOf(wholeDraftView) })
  @ApiErrors([400, 'invalid_request', 'catalog_invalid', 'catalog_missing'])
  async begin(
    @Body({ schema: beginDraftForm }) form: BeginDraftForm,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<object> {
    return { data: viewOfWholeDraft(await this.catalog.begin(form, { actor, requestId })) };
  }

  @Get(':id')
  @StaffRoute('catalog.read')
  @ApiOperation({ summary: 'One draft, open or not' })
  @ApiOkResponse({ standardSchema: dataOf(wholeDraftView) })
  @ApiErrors(404)
  async show(@Param('id', new UuidParam('Draft')) id: string): Promise<object> {
    return { data: viewOfWholeDraft(await this.history.draft(id)) };
  }

  @Get(':id/diff')
  @StaffRoute('catalog.read')
  @ApiOperation({ summary: 'What publishing the draft would change now' })
  @ApiOkResponse({ standardSchema: dataOf(differenceView) })
  @ApiErrors(404)
  async diff(@Param('id', new UuidParam('Draft')) id: string): Promise<object> {
    return { data: viewOfDifference(await this.history.differenceOfDraft(id)) };
  }

  @Put(':id')
  @StaffRoute('catalog.edit')
  @ApiOperation({ summary: 'Replaces the draft’s catalog' })
  @ApiOkResponse({ standardSchema: dataOf(wholeDraftView) })
  @ApiErrors([400, 'invalid_request', 'catalog_invalid'], 404, [
    409,
    'catalog_stale',
    'draft_changed',
    'draft_closed',
  ])
  async replace(
    @Param('id', new UuidParam('Draft')) id: string,
    @Body({ schema: replaceDraftForm }) form: ReplaceDraftForm,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<object> {
    return { data: viewOfWholeDraft(await this.catalog.replace(id, form, { actor, requestId })) };
  }

  @Post(':id/discard')
  @HttpCode(200)
  @StaffRoute('catalog.edit')
  @ApiOperation({ summary: 'Gives the draft up' })
  @ApiOkResponse({ standardSchema: dataOf(draftView) })
  @ApiErrors(400, 404, [409, 'draft_changed', 'draft_closed'])
  async discard(
    @Param('id', new UuidParam('Draft')) id: string,
    @Body({ schema: closeDraftForm }) form: CloseDraftForm,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<object> {
    return { data: viewOfDraft(await this.catalog.discard(id, form, { actor, requestId })) };
  }

  @Post(':id/publish')
  @HttpCode(200)
  @StaffRoute('catalog.edit')
  @ApiOperation({ summary: 'Makes the draft the next version, which is in force everywhere within a second' })
  @ApiOkResponse({ standardSchema: dataOf(wholeVersionView) })
  @ApiErrors([400, 'invalid_request', 'catalog_invalid'], 404, [
    409,
    'catalog_stale',
    'catalog_unchanged',
    'draft_changed',
    'draft_closed',
    'plan_in_use',
    'feature_in_use',
    'feature_kind_fixed',
  ])
  async publish(
    @Param('id', new UuidParam('Draft')) id: string,
    @Body({ schema: closeDraftForm }) form: CloseDraftForm,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<object> {
    const version = await this.catalog.publish(id, form, { actor, requestId });
    return { data: viewOfWholeVersion(await this.history.version(version)) };
  }
}
