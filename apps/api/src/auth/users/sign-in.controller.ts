import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { z } from 'zod';
import { ApiErrors } from '../../http/api-errors.decorator.js';
import { ChecksItsOwnCredentials } from '../../http/public.decorator.js';
import { peerAddressOf } from '../../http/route-path.js';
import { AccessTokens } from '../tokens/access-tokens.service.js';
import { RefreshTokens } from '../tokens/refresh-tokens.service.js';
import { RegistrationService } from './registration.service.js';
import { SignInService } from './sign-in.service.js';
import {
  type Credentials,
  credentialsSchema,
  type RefreshedView,
  refreshedView,
  refreshSchema,
  registerSchema,
  type Registration,
  type SignedInView,
  signedInView,
} from './user.schemas.js';
import { WelcomeMail } from './welcome-mail.service.js';

type Refresh = z.output<typeof refreshSchema>;

/** How people become and prove to be users of the sample: the body is the proof, so a stale header is not read. */
@ApiTags('sign-in')
@ChecksItsOwnCredentials()
@Controller('v1')
export class SignInController {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly refreshTokens: RefreshTokens,
    private readonly registration: RegistrationService,
    private readonly signIn: SignInService,
    private readonly welcomeMail: WelcomeMail,
  ) {}

  @Post('register')
  @ApiOperation({ summary: 'Makes a user on the free plan and signs them in' })
  @ApiCreatedResponse({ standardSchema: signedInView })
  @ApiErrors([400, 'invalid_request'], [404, 'sign_in_elsewhere'], [409, 'email_taken'])
  async register(@Body({ schema: registerSchema }) body: Registration): Promise<SignedInView> {
    this.accessTokens.assertIssuing();
    const { user, refreshToken } = await this.registration.register(body);
    await this.welcomeMail.send(user);
    return { user, ...(await this.accessTokens.issue(user.id)), refreshToken };
  }

  @Post('login')
  @HttpCode(200)
  @ApiOperation({ summary: 'Signs a user in' })
  @ApiOkResponse({ standardSchema: signedInView })
  @ApiErrors(400, [401, 'invalid_credentials'], [404, 'sign_in_elsewhere'], [429, 'too_many_attempts'])
  async login(
    @Body({ schema: credentialsSchema }) body: Credentials,
    @Req() request: object,
  ): Promise<SignedInView> {
    this.accessTokens.assertIssuing();
    const { user, refreshToken } = await this.signIn.signIn(body, peerAddressOf(request));
    return { user, ...(await this.accessTokens.issue(user.id)), refreshToken };
  }

  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Trades a refresh token for the next one and a new access token; using one twice ends its sign-in',
  })
  @ApiOkResponse({ standardSchema: refreshedView })
  @ApiErrors(400, [401, 'invalid_credentials'], [404, 'sign_in_elsewhere'])
  async refresh(@Body({ schema: refreshSchema }) body: Refresh): Promise<RefreshedView> {
    this.accessTokens.assertIssuing();
    const { userId, refreshToken } = await this.refreshTokens.rotate(body.refreshToken);
    return { ...(await this.accessTokens.issue(userId)), refreshToken };
  }

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Ends the sign-in that the refresh token belongs to; the answer does not say whether there was one',
  })
  @ApiNoContentResponse()
  @ApiErrors(400)
  async logout(@Body({ schema: refreshSchema }) body: Refresh): Promise<void> {
    await this.refreshTokens.revoke(body.refreshToken);
  }
}
