import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Inbox, ProviderRegistry, SignatureRefusedError, type WebhookHeaders } from '@tollgate/billing';
import { NotFoundError } from '@tollgate/kernel';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { ChecksItsOwnCredentials } from '../http/public.decorator.js';

/** One endpoint for all payment providers: verify, store, answer; the work happens later. */
@ApiTags('webhooks')
@Controller('webhooks/payment')
export class PaymentWebhookController {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly inbox: Inbox,
  ) {}

  @Post()
  @HttpCode(202)
  @ChecksItsOwnCredentials()
  @ApiOperation({
    summary: 'Takes a signed event',
    description: 'Whatever is validly signed JSON is kept and answered 2xx, usable or not.',
  })
  @ApiAcceptedResponse({ standardSchema: z.object({ received: z.literal(true), duplicate: z.boolean() }) })
  @ApiErrors(
    [400, 'provider_ambiguous', 'content_encoding_unsupported', 'event_unreadable'],
    [401, 'signature_refused'],
    [404, 'not_found'],
    [413, 'body_too_large'],
    503,
  )
  async receive(@Req() request: FastifyRequest): Promise<object> {
    if (this.providers.empty) throw new NotFoundError('Payment provider');
    const headers = singleHeaders(request.headers);
    const provider = this.providers.claimedBy(headers);
    const rawBody = request.rawBody ?? Buffer.alloc(0);
    const event = await provider.verify(rawBody, headers);
    const isNew = await this.inbox.accept(provider.name, event, rawBody.toString('utf8'));
    return { received: true, duplicate: !isNew };
  }
}

/** A header that was sent twice proves nothing: which of the two was signed? */
function singleHeaders(headers: FastifyRequest['headers']): WebhookHeaders {
  const single: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (Array.isArray(value)) throw new SignatureRefusedError('missing');
    single[name] = value;
  }
  return single;
}
