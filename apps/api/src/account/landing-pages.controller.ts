import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../http/public.decorator.js';
import { landingPage } from './landing-page.js';

/** Where the provider sends people back to. Nothing is decided here: only a signed webhook opens a gate. */
@ApiExcludeController()
@Public()
@Controller()
export class LandingPagesController {
  @Get('checkout/done')
  @Header('content-type', 'text/html; charset=utf-8')
  checkoutDone(): string {
    return landingPage(
      'Thank you',
      'Your plan opens as soon as the payment provider has confirmed the payment to us, usually within a second or two. You can close this page and go back to where you came from.',
    );
  }

  @Get('settings/billing')
  @Header('content-type', 'text/html; charset=utf-8')
  billing(): string {
    return landingPage(
      'Billing',
      'Changes made at the payment provider arrive here by themselves. You can close this page and go back to where you came from.',
    );
  }

  @Get('pricing')
  @Header('content-type', 'text/html; charset=utf-8')
  pricing(): string {
    return landingPage(
      'Pricing',
      'The plans and their prices are the answer of GET /v1/pricing; POST /v1/checkout starts a purchase.',
    );
  }
}
