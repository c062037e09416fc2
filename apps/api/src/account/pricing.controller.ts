import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Pricing } from '@tollgate/billing';
import { Public } from '../http/public.decorator.js';
import { pricingView, type PricingView, viewOfPricing } from './pricing-view.js';

/** What is sold, for everybody. */
@ApiTags('billing')
@Public()
@Controller('v1/pricing')
export class PricingController {
  constructor(private readonly pricing: Pricing) {}

  @Get()
  @ApiOperation({
    summary:
      'Plans and what they include, with the provider’s prices; while it is down the last good ones, marked stale',
  })
  @ApiOkResponse({ standardSchema: pricingView })
  async page(): Promise<PricingView> {
    return viewOfPricing(await this.pricing.page());
  }
}
