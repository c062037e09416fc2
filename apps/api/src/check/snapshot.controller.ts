import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  BilledTo,
  CurrentAccess,
  type Decision,
  EntitlementsService,
  type OwnedAccess,
  RequiresOwner,
} from '@tollgate/entitlements';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { snapshotView } from './decision.schemas.js';
import { entityTag, holdsAlready } from './entity-tag.js';

/** Everything that one owner may and may not do, in one document: for locking buttons before they are pressed. */
@ApiTags('check')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@Controller('v1/entitlements')
export class SnapshotController {
  constructor(private readonly entitlements: EntitlementsService) {}

  @Get()
  @RequiresOwner()
  @ApiOperation({
    summary: 'Every feature with its decision, in the order of the keys',
    description: 'The entity tag changes when any of them does.',
  })
  @ApiHeader({ name: 'Tollgate-Organization', required: false, description: 'Id of an organization' })
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'The ETag of the snapshot one holds' })
  @ApiOkResponse({ standardSchema: snapshotView, headers: { ETag: { schema: { type: 'string' } } } })
  @ApiResponse({ status: 304, description: 'Nothing has changed since that snapshot' })
  @ApiErrors([400, 'organization_mismatch'], 401, [403, 'owner_unresolved'], 503)
  async snapshot(
    @CurrentAccess() access: OwnedAccess,
    @Headers('if-none-match') held: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const decisions = await this.entitlements.snapshot(access);
    const { ownerId, organizationId } = access;
    const body = JSON.stringify({ ownerId, organizationId, data: inOrder(decisions) });
    const tag = entityTag(body);
    // To be asked for anew each time (`no-cache`), and kept by nobody but the caller.
    void reply.headers({
      etag: tag,
      'cache-control': 'private, no-cache',
      vary: 'Authorization, Tollgate-Organization',
    });
    if (holdsAlready(held, tag)) await reply.status(304).send();
    else await reply.type('application/json; charset=utf-8').send(body);
  }
}

/** By key, and without what changes by the second: `resetsAt` says the same as `retryAfter` and stands still. */
function inOrder(decisions: ReadonlyMap<string, Decision>): Decision[] {
  return [...decisions.values()]
    .toSorted((one, other) => (one.feature < other.feature ? -1 : 1))
    .map((decision) => {
      if (decision.allowed || decision.resetsAt === undefined) return decision;
      const { retryAfter: _retryAfter, ...still } = decision;
      return still;
    });
}
