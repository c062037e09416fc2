import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BillingOwners, Checkouts, Portal } from '@tollgate/billing';
import { BilledTo, CurrentAccess, type OwnedAccess, RequiresOwner } from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { requireBillingOwner } from './billing-owner-only.js';

const MOST_SEATS = 1_000;

const checkoutForm = z.strictObject({
  plan: z.string().min(1).max(64),
  interval: z.enum(['month', 'year']),
  seats: z.number().int().min(1).max(MOST_SEATS).optional(),
});
type CheckoutForm = z.infer<typeof checkoutForm>;

const checkoutView = z.object({ id: z.string(), url: z.url(), expiresAt: z.iso.datetime() });

/** Buying, and the provider's portal: for the billing owner in person. */
@ApiTags('billing')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@Controller('v1')
export class CheckoutController {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly portal: Portal,
    private readonly owners: BillingOwners,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Opens the provider's hosted page for a plan, or answers the one that is open for the same wish. */
  @Post('checkout')
  @RequiresOwner()
  @ApiCreatedResponse({ standardSchema: checkoutView })
  @ApiErrors(
    [400, 'invalid_request', 'not_for_sale', 'seats_invalid'],
    401,
    [403, 'billing_owner_only', 'user_required', 'owner_unresolved'],
    [409, 'subscription_exists', 'selling_disabled', 'provider_refused'],
    [503, 'provider_unavailable', 'busy'],
  )
  async checkout(
    @Body({ schema: checkoutForm }) form: CheckoutForm,
    @CurrentAccess() access: OwnedAccess,
  ): Promise<object> {
    const ownerId = await requireBillingOwner(access, this.owners, this.transactions.reader);
    const { id, url, expiresAt } = await this.checkouts.open(ownerId, form);
    return { id, url, expiresAt: expiresAt.toISOString() };
  }

  /** Opens the provider's portal: invoices, cancelling, undoing a cancellation. */
  @Post('portal')
  @HttpCode(200)
  @RequiresOwner()
  @ApiOkResponse({ standardSchema: z.object({ url: z.url() }) })
  @ApiErrors(
    401,
    [403, 'billing_owner_only', 'user_required'],
    [409, 'nothing_bought'],
    [503, 'provider_unavailable'],
  )
  async openPortal(@CurrentAccess() access: OwnedAccess): Promise<object> {
    const ownerId = await requireBillingOwner(access, this.owners, this.transactions.reader);
    return this.portal.open(ownerId);
  }
}
