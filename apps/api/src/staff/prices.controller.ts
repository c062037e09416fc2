import { Body, Controller, Get, Param, Put, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PriceLists, PriceMap, PriceMappings } from '@tollgate/billing';
import { CurrentPrincipal } from '@tollgate/entitlements';
import { NotFoundError, type Principal, TransactionRunner } from '@tollgate/kernel';
import { StaffRoute } from '../auth/staff/staff-route.decorator.js';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { providerId, providerName } from './provider.schemas.js';
import { staffReason } from './staff-reason.js';

const mapForm = z.strictObject({
  plan: z.string().min(1).max(64),
  interval: z.enum(['month', 'year']),
  /** Whether new checkouts sell this one. */
  forSale: z.boolean().default(false),
  reason: staffReason,
});

/** Which of a provider's prices stands for which plan. */
@ApiTags('staff')
@Controller('staff/prices')
export class PricesController {
  constructor(
    private readonly priceMap: PriceMap,
    private readonly mappings: PriceMappings,
    private readonly priceLists: PriceLists,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get()
  @StaffRoute('catalog.read')
  @ApiOperation({ summary: 'All mappings of prices to plans' })
  async index(): Promise<object> {
    const rows = await this.priceMap.all(this.transactions.reader);
    return { data: rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })) };
  }

  @Put(':provider/:price')
  @StaffRoute('catalog.edit')
  @ApiOperation({ summary: 'Maps a price to a plan; events that waited for this are applied now' })
  @ApiErrors([400, 'plan_unknown'], 404)
  async map(
    @Param('provider') provider: string,
    @Param('price') price: string,
    @Body({ schema: mapForm }) form: z.infer<typeof mapForm>,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<object> {
    const [name, id] = [providerName.safeParse(provider), providerId.safeParse(price)];
    if (!name.success || !id.success) throw new NotFoundError('Price');
    const mapping = { ...form, provider: name.data, externalId: id.data, actor, requestId };
    const released = await this.transactions.run((tx) => this.mappings.map(tx, mapping));
    if (form.forSale) await this.priceLists.renew(name.data);
    return { data: { provider: name.data, externalId: id.data, ...form, released } };
  }
}
