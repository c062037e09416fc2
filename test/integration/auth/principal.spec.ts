import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get } from '@nestjs/common';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { CurrentPrincipal } from '@tollgate/entitlements';
import type { Principal } from '@tollgate/kernel';
import { Public } from '../../../apps/api/src/http/public.decorator.js';
import { AUTH, type AuthApp, createAuthApp } from './auth-app.js';
import { bearer, send } from './send.js';

@Controller('try')
class TryController {
  @Get('guarded')
  guarded(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }

  @Public()
  @Get('public')
  open(): { open: true } {
    return { open: true };
  }
}

@Controller('staff/forgotten')
class ForgottenController {
  @Public()
  @Get()
  forgotten(): { secret: true } {
    return { secret: true };
  }
}

const controllers = [TryController, ForgottenController];
const secret = new TextEncoder().encode(AUTH.jwt.secret);

interface Making {
  readonly issuedAt?: number;
  readonly expires?: number;
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string;
}

describe('a token of our own', () => {
  let subject: AuthApp;
  beforeAll(async () => {
    subject = await createAuthApp({ controllers });
  });
  afterAll(() => subject.close());

  const now = (): number => Math.floor(subject.realTime.now().getTime() / 1_000);

  function token(making: Making = {}, key: Uint8Array = secret): Promise<string> {
    return new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(making.subject ?? 'user-1')
      .setIssuer(making.issuer ?? AUTH.jwt.issuer)
      .setAudience(making.audience ?? AUTH.jwt.audience)
      .setIssuedAt(making.issuedAt ?? now())
      .setExpirationTime(making.expires ?? now() + 60)
      .sign(key);
  }
  const status = async (authorization: string, path = '/try/guarded'): Promise<unknown> => {
    const { status: code, body } = await send(subject, 'GET', path, { headers: { authorization } });
    return [code, body['error']];
  };

  it('names the principal', async () => {
    const answer = await send(subject, 'GET', '/try/guarded', { headers: bearer(await token()) });
    expect(answer.body).toEqual({ kind: 'user', userId: 'user-1' });
  });

  it('is asked for on every route that is not public, in the words of a denial', async () => {
    const answer = await send(subject, 'GET', '/try/guarded');
    expect(answer).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    expect(answer.body).toEqual({
      error: 'unauthenticated',
      message: 'Sign in to use this',
      upgradeUrl: '/pricing',
      reason: 'unauthenticated',
    });
    expect((await send(subject, 'GET', '/try/public')).status).toBe(200);
  });

  it('is refused when it is expired or too old, also on public routes', async () => {
    const expired = await token({ issuedAt: now() - 120, expires: now() - 1 });
    const old = await token({ issuedAt: now() - 901, expires: now() + 3_600 });
    for (const path of ['/try/guarded', '/try/public']) {
      expect(await status(`Bearer ${expired}`, path)).toEqual([401, 'token_expired']);
      expect(await status(`Bearer ${old}`, path)).toEqual([401, 'token_expired']);
    }
  });

  it.each<[string, Making]>([
    ['another issuer', { issuer: 'https://evil.test' }],
    ['another audience', { audience: 'other' }],
    ['an issue date in the future', { issuedAt: 4_000_000_000, expires: 4_000_000_060 }],
    ['an empty subject', { subject: '' }],
    ['NUL in the subject', { subject: 'a\0b' }],
    ['a subject beyond all measure', { subject: 'a'.repeat(201) }],
  ])('is refused with %s', async (_name, making) => {
    expect(await status(`Bearer ${await token(making)}`)).toEqual([401, 'invalid_credentials']);
  });

  it.each([5, ['user-1'], { toString: 'user-1' }])(
    'is refused when its subject is no text, though the secret is right (%j)',
    async (sub) => {
      const [, payload = ''] = (await token()).split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      const odd = { ...claims, sub } as object;
      const signed = await new SignJWT(odd as Record<string, unknown>)
        .setProtectedHeader({ alg: 'HS256' })
        .sign(secret);
      expect(await status(`Bearer ${signed}`)).toEqual([401, 'invalid_credentials']);
    },
  );

  it('is refused when another secret signed it, or nobody did', async () => {
    expect(await status(`Bearer ${await token({}, new TextEncoder().encode('t'.repeat(32)))}`)).toEqual([
      401,
      'invalid_credentials',
    ]);
    const [, payload] = (await token()).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await status(`Bearer ${none}.${payload}.`)).toEqual([401, 'invalid_credentials']);
  });

  it('is refused when it chose its algorithm itself, though the secret is right', async () => {
    const [, payload] = (await token()).split('.');
    const unsigned = `${Buffer.from('{"alg":"HS512"}').toString('base64url')}.${payload}`;
    const signature = createHmac('sha512', secret).update(unsigned).digest('base64url');
    expect(await status(`Bearer ${unsigned}.${signature}`)).toEqual([401, 'invalid_credentials']);
  });

  it.each([
    'Bearer',
    'Basic YTpi',
    'Bearer a.b.c',
    'Bearer tg_',
    'Bearer ....',
    'Token x',
    'Bearer e30.e30.e30',
  ])('is not %p', async (authorization) => {
    expect(await status(authorization, '/try/public')).toEqual([401, 'invalid_credentials']);
  });

  it('does not open a staff route that declares no permission, even a public one', async () => {
    for (const path of ['/staff/forgotten', '/%73taff/forgotten'])
      expect(await status(`Bearer ${await token()}`, path)).toEqual([403, 'permission_undeclared']);
    expect((await send(subject, 'GET', '/staff/forgotten')).body['error']).toBe('permission_undeclared');
  });
});

describe('a token of an identity provider', () => {
  let subject: AuthApp;
  let provider: Server;
  let sign: (algorithm: string) => Promise<string>;

  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] });
    provider = createServer((_request, response) => response.end(jwks)).listen(0, '127.0.0.1');
    await once(provider, 'listening');
    const { port } = provider.address() as AddressInfo;
    const jwksUrl = `http://127.0.0.1:${port}/jwks`;
    subject = await createAuthApp({ controllers, jwt: { ...AUTH.jwt, secret: undefined, jwksUrl } });
    sign = (algorithm) =>
      new SignJWT()
        .setProtectedHeader({ alg: algorithm, kid: 'k1' })
        .setSubject('auth0|42')
        .setIssuer(AUTH.jwt.issuer)
        .setAudience(AUTH.jwt.audience)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(algorithm === 'ES256' ? privateKey : secret);
  });
  afterAll(async () => {
    await subject.close();
    provider.closeAllConnections();
    provider.close();
  });

  it('names a principal that has no row here', async () => {
    const headers = bearer(await sign('ES256'));
    expect((await send(subject, 'GET', '/try/guarded', { headers })).body).toMatchObject({
      userId: 'auth0|42',
    });
    expect((await send(subject, 'GET', '/v1/me', { headers })).body).toEqual({
      user: { id: 'auth0|42', email: null, name: null },
      apiKey: null,
    });
  });

  it('makes its user a billing owner on the free plan, once, when first seen', async () => {
    const headers = bearer(await sign('ES256'));
    await Promise.all([1, 2, 3].map(() => send(subject, 'GET', '/try/guarded', { headers })));
    const rows = await subject.database.query<{ plan: string }[]>(
      `select s.plan from subscription s join billing_owner o on o.id = s.owner_id where o.user_id = 'auth0|42'`,
    );
    expect(rows).toEqual([{ plan: 'free' }]);
  });

  it('is not one that was signed with a shared secret', async () => {
    const answer = await send(subject, 'GET', '/try/guarded', { headers: bearer(await sign('HS256')) });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_credentials' } });
  });

  it('leaves nothing to register for here', async () => {
    const body = { email: 'a@example.test', password: 'correct horse' };
    for (const path of ['/v1/register', '/v1/login'])
      expect((await send(subject, 'POST', path, { body })).body['error']).toBe('sign_in_elsewhere');
  });
});

describe('keys that cannot be read', () => {
  it('are a 503, not a 401', async () => {
    const subject = await createAuthApp({
      controllers,
      jwt: { ...AUTH.jwt, secret: undefined, jwksUrl: 'http://127.0.0.1:9/jwks' },
    });
    const { privateKey } = await generateKeyPair('ES256');
    const token = await new SignJWT().setProtectedHeader({ alg: 'ES256', kid: 'k' }).sign(privateKey);
    const answer = await send(subject, 'GET', '/try/guarded', { headers: bearer(token) });
    expect(answer).toMatchObject({
      status: 503,
      body: { error: 'unavailable' },
      headers: { 'retry-after': '5' },
    });
    await subject.close();
  });
});

describe('a half-set sign-in', () => {
  it.each([
    ['neither a secret nor keys', { issuer: 'i', audience: 'a' }],
    ['both', { secret: 's'.repeat(32), jwksUrl: 'https://idp.test/jwks', issuer: 'i', audience: 'a' }],
    ['a short secret', { secret: 's'.repeat(31), issuer: 'i', audience: 'a' }],
    ['an empty secret', { secret: '', issuer: 'i', audience: 'a' }],
  ])('with %s refuses to boot', async (_name, jwt) => {
    await expect(createAuthApp({ jwt })).rejects.toThrow(/JWT secret/);
  });
});
