import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { GivenPlans } from '@tollgate/billing';
import { CurrentPrincipal } from '@tollgate/entitlements';
import { NotFoundError, type Principal, TransactionRunner } from '@tollgate/kernel';
import { StaffRoute } from '../auth/staff/staff-route.decorator.js';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { UuidParam } from '../http/uuid-param.pipe.js';
import { TenantList } from './tenant-list.service.js';
import { TenantPage } from './tenant-page.service.js';
import { type GivePlanForm, givePlanForm, type TenantQuery, tenantQuery } from './tenant.schemas.js';

/** Tenants, for the back office. Every write is audited. */
@ApiTags('staff')
@Controller('staff/tenants')
export class TenantsController {
  constructor(
    private readonly list: TenantList,
    private readonly page: TenantPage,
    private readonly givenPlans: GivenPlans,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get()
  @StaffRoute('tenants.read')
  @ApiOperation({ summary: 'A page of tenants, newest first' })
  @ApiErrors(400)
  async index(@Query({ schema: tenantQuery }) query: TenantQuery): Promise<object> {
    return this.list.page(query);
  }

  @Get(':id')
  @StaffRoute('tenants.read')
  @ApiOperation({ summary: 'One tenant with everything that support needs' })
  @ApiErrors(404)
  async show(@Param('id', new UuidParam('Tenant')) id: string): Promise<object> {
    return { data: await this.found(id) };
  }

  @Post(':id/plan')
  @HttpCode(200)
  @StaffRoute('tenants.plan.give')
  @ApiOperation({ summary: 'Gives the tenant a plan without a provider, until an instant or without end' })
  @ApiErrors([400, 'plan_unknown', 'until_past'], 404, [409, 'plan_conflict'])
  async givePlan(
    @Param('id', new UuidParam('Tenant')) id: string,
    @Body({ schema: givePlanForm }) { plan, reason, until }: GivePlanForm,
    @CurrentPrincipal() actor: Principal,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    const given = {
      ownerId: id,
      plan,
      reason,
      actor,
      requestId: request.id,
      until: until ? new Date(until) : null,
    };
    await this.transactions.run((tx) => this.givenPlans.give(tx, given));
    return { data: await this.found(id) };
  }

  private async found(id: string): Promise<object> {
    const page = await this.page.of(id);
    if (!page) throw new NotFoundError('Tenant');
    return page;
  }
}
