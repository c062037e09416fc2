import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPrincipal } from '@tollgate/entitlements';
import type { Principal } from '@tollgate/kernel';
import { ApiErrors } from '../../http/api-errors.decorator.js';
import { SampleUserDirectory } from './sample-user-directory.js';
import { userView } from './user.schemas.js';

const meView = z.object({
  user: userView.nullable().meta({ description: 'Null for a key of an organization' }),
  apiKey: z
    .object({ id: z.string(), organizationId: z.string().nullable() })
    .nullable()
    .meta({ description: 'The key that was used, if one was' }),
});

/** Who am I, as the application sees it. */
@ApiTags('sign-in')
@ApiBearerAuth()
@Controller('v1/me')
export class MeController {
  constructor(private readonly users: SampleUserDirectory) {}

  @Get()
  @ApiOperation({ summary: 'The caller: a user, or the key with the user it acts for' })
  @ApiOkResponse({ standardSchema: meView })
  @ApiErrors(401)
  async me(@CurrentPrincipal() principal: Principal): Promise<z.infer<typeof meView>> {
    const userId = 'userId' in principal ? principal.userId : null;
    const user = userId === null ? undefined : (await this.users.find([userId])).get(userId);
    return {
      user: userId === null ? null : { id: userId, email: user?.email ?? null, name: user?.name ?? null },
      apiKey:
        principal.kind === 'api_key'
          ? { id: principal.keyId, organizationId: principal.organizationId }
          : null,
    };
  }
}
