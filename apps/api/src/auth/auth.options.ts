import { ConfigurableModuleBuilder } from '@nestjs/common';

/** Where access tokens come from: signed here with a secret, or by an identity provider that publishes its keys. */
export interface JwtOptions {
  /** HS256, at least 32 bytes. Exactly one of `secret` and `jwksUrl` is set. */
  readonly secret?: string | undefined;
  /** RS256 or ES256; this application then issues no tokens itself. */
  readonly jwksUrl?: string | undefined;
  readonly issuer: string;
  readonly audience: string;
}

/** How the auth room is composed. */
export interface AuthOptions {
  readonly jwt: JwtOptions;
  /** Where browsers reach us: decides the staff cookie's name and which Origin may write, e.g. `https://app.example`. */
  readonly appUrl: string;
  /** Refusals carry `error`, `message` and `upgradeUrl` alone, as denials do in that mode. */
  readonly compatDenialBody?: boolean;
  /** `test` makes password hashes cheap; default `production`. */
  readonly passwordCost?: 'production' | 'test';
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: AUTH_OPTIONS } =
  new ConfigurableModuleBuilder<AuthOptions>({ moduleName: 'Auth' }).setClassMethodName('forRoot').build();
