import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { BillingOwnerModule } from '@tollgate/billing';
import { SystemClock } from '@tollgate/kernel';
import { ConfigurableModuleClass } from './auth.options.js';
import { ExpiredProofsJob } from './expired-proofs.job.js';
import { ApiKeysController } from './keys/api-keys/api-keys.controller.js';
import { ApiKeys } from './keys/api-keys/api-keys.repository.js';
import { ApiKeysService } from './keys/api-keys/api-keys.service.js';
import { KeyAuthenticator } from './keys/key-authenticator.service.js';
import { KeyConfirmations } from './keys/key-confirmations.service.js';
import { KeyReader } from './keys/key-reader.service.js';
import { KeyUses } from './keys/key-uses.service.js';
import { ServiceKeysController } from './keys/service-keys/service-keys.controller.js';
import { ServiceKeys } from './keys/service-keys/service-keys.repository.js';
import { ServiceKeysService } from './keys/service-keys/service-keys.service.js';
import { LoginAttempts } from './passwords/login-attempts.service.js';
import { PasswordHasher } from './passwords/password-hasher.service.js';
import { PrincipalGuard } from './principal/principal.guard.js';
import { RealTime } from './real-time.js';
import { StaffGate } from './staff/staff-gate.service.js';
import { StaffMembers } from './staff/staff-members.repository.js';
import { StaffSessionController } from './staff/staff-session.controller.js';
import { StaffSessions } from './staff/staff-sessions.repository.js';
import { StaffSignInService } from './staff/staff-sign-in.service.js';
import { AccessTokens } from './tokens/access-tokens.service.js';
import { RefreshTokens } from './tokens/refresh-tokens.service.js';
import { FirstSight } from './users/first-sight.service.js';
import { MeController } from './users/me.controller.js';
import { RegistrationService } from './users/registration.service.js';
import { SampleUserDirectory } from './users/sample-user-directory.js';
import { SignInController } from './users/sign-in.controller.js';
import { SignInService } from './users/sign-in.service.js';
import { Users } from './users/users.repository.js';
import { WelcomeMail } from './users/welcome-mail.service.js';

const USERS = [Users, FirstSight, RegistrationService, SignInService, WelcomeMail, SampleUserDirectory];
const PROOFS = [PasswordHasher, LoginAttempts, AccessTokens, RefreshTokens, ExpiredProofsJob];
const KEYS = [ApiKeys, ApiKeysService, ServiceKeys, ServiceKeysService];
const KEY_PROOFS = [KeyReader, KeyConfirmations, KeyUses, KeyAuthenticator];
const STAFF = [StaffMembers, StaffSessions, StaffSignInService, StaffGate];

/**
 * Who calls: the sample's users, keys and staff, and the global guard that finds the principal of every
 * request. Global, so that staff routes of any module find their gate. Needs the kernel and a `Mailer`.
 *
 * @example AuthModule.forRoot({ jwt: { secret, issuer, audience }, appUrl })
 */
@Global()
@Module({
  imports: [BillingOwnerModule],
  controllers: [
    SignInController,
    MeController,
    ApiKeysController,
    ServiceKeysController,
    StaffSessionController,
  ],
  providers: [
    { provide: RealTime, useClass: SystemClock },
    { provide: APP_GUARD, useClass: PrincipalGuard },
    ...USERS,
    ...PROOFS,
    ...KEYS,
    ...KEY_PROOFS,
    ...STAFF,
  ],
  exports: [...USERS, ...KEYS, PasswordHasher, RealTime, StaffMembers, StaffGate],
})
export class AuthModule extends ConfigurableModuleClass {}
