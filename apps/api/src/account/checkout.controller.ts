import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BillingOwners, Checkouts, DirectSubscriptions, Organizations, Portal } from '@tollgate/billing';
import { BilledTo, CurrentAccess, type OwnedAccess, RequiresOwner } from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { requireBillingOwner, requireBillingRole } from './billing-owner-only.js';
import { checkoutForm, type CheckoutForm, planWish } from './checkout-form.js';

const checkoutView = z.object({ id: z.string(), url: z.url(), expiresAt: z.iso.datetime() });
const directView = z.object({ subscriptionId: z.string(), clientSecret: z.string().nullable() });

/** Buying, and the provider's portal. */
@ApiTags('billing')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@ApiErrors([400, 'organization_mismatch'], 401, [
  403,
  'billing_owner_only',
  'user_required',
  'owner_unresolved',
])
@Controller('v1')
export class CheckoutController {
  constructor(
    private readonly checkouts: Checkouts,
    private readonly direct: DirectSubscriptions,
    private readonly portal: Portal,
    private readonly owners: BillingOwners,
    private readonly organizations: Organizations,
    private readonly transactions: TransactionRunner,
  ) {}

  @Post('checkout')
  @RequiresOwner()
  @ApiOperation({
    summary: 'Opens the provider’s hosted page for a plan, or answers the one that is open for the same wish',
  })
  @ApiCreatedResponse({ standardSchema: checkoutView })
  @ApiErrors(
    [400, 'invalid_request', 'not_for_sale', 'seats_invalid', 'return_url_refused'],
    [
      409,
      'subscription_exists',
      'selling_disabled',
      'price_not_on_sale',
      'provider_refused',
      'customer_conflict',
    ],
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

  @Post('subscription')
  @RequiresOwner()
  @ApiOperation({
    summary:
      'Creates a subscription without a hosted page; the caller confirms its first payment with the client secret',
  })
  @ApiCreatedResponse({ standardSchema: directView })
  @ApiErrors(
    [400, 'invalid_request', 'not_for_sale', 'seats_invalid'],
    [
      409,
      'checkout_required',
      'subscription_exists',
      'selling_disabled',
      'price_not_on_sale',
      'provider_refused',
      'customer_conflict',
    ],
    [503, 'provider_unavailable', 'busy'],
  )
  async create(
    @Body({ schema: planWish }) form: z.infer<typeof planWish>,
    @CurrentAccess() access: OwnedAccess,
  ): Promise<object> {
    const ownerId = await requireBillingOwner(access, this.owners, this.transactions.reader);
    const { subscriptionId, clientSecret } = await this.direct.create(ownerId, form);
    return { subscriptionId, clientSecret };
  }

  @Post('portal')
  @HttpCode(200)
  @RequiresOwner()
  @ApiOperation({
    summary: 'Opens the provider’s portal: invoices, cancelling, undoing a cancellation',
    description: 'Also for members of the role billing.',
  })
  @ApiOkResponse({ standardSchema: z.object({ url: z.url() }) })
  @ApiErrors([409, 'nothing_bought', 'provider_refused'], [503, 'provider_unavailable'])
  async openPortal(@CurrentAccess() access: OwnedAccess): Promise<object> {
    const { reader } = this.transactions;
    return this.portal.open(await requireBillingRole(access, this.owners, this.organizations, reader));
  }
}
