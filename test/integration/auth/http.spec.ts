import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, ForbiddenException, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { ChecksItsOwnCredentials, Public } from '../../../apps/api/src/http/public.decorator.js';
import { UuidParam } from '../../../apps/api/src/http/uuid-param.pipe.js';
import { DevMailbox } from '../../../apps/api/src/mail/dev-mailbox.js';
import { type AuthApp, createAuthApp } from './auth-app.js';
import { type Answer, send } from './send.js';

@Public()
@Controller('echo')
class EchoController {
  constructor(private readonly database: DataSource) {}

  @Post()
  @HttpCode(200)
  echo(@Body() body: unknown): { body: unknown } {
    return { body: body ?? null };
  }

  @Get('things/:id')
  thing(@Param('id', new UuidParam('Thing')) id: string, @Query() query: object): object {
    return { id, query };
  }

  @Get('defect')
  defect(): never {
    throw new Error('the password is hunter2');
  }

  @Get('forbidden')
  forbidden(): never {
    throw new ForbiddenException({ error: 'upgrade_required', message: 'Pay', upgradeUrl: '/pricing' });
  }

  @Get('database/:text')
  async ask(@Param('text') text: string): Promise<unknown> {
    return this.database.query('select $1::uuid', [text]);
  }
}

@ChecksItsOwnCredentials()
@Controller('webhooks/payment')
class WebhookController {
  @Post()
  @HttpCode(200)
  receive(@Req() request: { rawBody?: Buffer }): { hex: string } {
    return { hex: (request.rawBody ?? Buffer.alloc(0)).toString('hex') };
  }
}

let subject: AuthApp;
const controllers = [EchoController, WebhookController];

beforeAll(async () => {
  subject = await createAuthApp({ controllers });
});

afterAll(() => subject.close());

const echo = (body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
  send(subject, 'POST', '/echo', { body, headers });

describe('a JSON body', () => {
  it('arrives as it was sent', async () => {
    expect((await echo('{"a":[1,{"b":"ü\\ud83d\\ude00"}]}')).body).toEqual({
      body: { a: [1, { b: 'ü😀' }] },
    });
    expect((await echo('', {})).body).toEqual({ body: {} });
  });

  it.each<[string, string | Buffer, string]>([
    ['half a document', '{"a":', 'malformed_json'],
    ['words', 'hello', 'malformed_json'],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'malformed_json'],
    ['a changed prototype', '{"a":{"__proto__":{"admin":true}}}', 'forbidden_key'],
    ['a changed prototype, spelled otherwise', '{"\\u005f_proto__":{}}', 'forbidden_key'],
    ['a constructor', '{"constructor":{"prototype":{}}}', 'forbidden_key'],
    ['NUL in a value', '{"a":["x\\u0000"]}', 'unsupported_characters'],
    ['NUL in a key', '{"a\\u0000":1}', 'unsupported_characters'],
    ['half a surrogate pair', '{"a":"\\ud83d"}', 'unsupported_characters'],
    ['too many levels', `${'['.repeat(34)}${']'.repeat(34)}`, 'too_deep'],
    ['very many levels', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'too_deep'],
    ['more values than any question', `[${'{},'.repeat(5_000)}1]`, 'too_many_values'],
    ['nothing but values, a megabyte of them', `[${'[],'.repeat(340_000)}1]`, 'too_many_values'],
  ])('with %s is refused', async (_name, body, error) => {
    expect(await echo(body)).toMatchObject({ status: 400, body: { error } });
  });

  it('may be nested 32 levels deep', async () => {
    expect((await echo(`${'['.repeat(32)}${']'.repeat(32)}`)).status).toBe(200);
  });

  it('may be one mebibyte long and no longer', async () => {
    const around = '{"a":""}'.length;
    expect((await echo(`{"a":"${'x'.repeat(1_048_576 - around)}"}`)).status).toBe(200);
    const tooLong = await echo(`{"a":"${'x'.repeat(1_048_577 - around)}"}`);
    expect(tooLong).toMatchObject({ status: 413, body: { error: 'body_too_large' } });
  });

  it.each(['text/plain', 'application/xml', 'application/octet-stream', 'garbage', 'multipart/form-data'])(
    'is not %s',
    async (type) => {
      const answer = await echo('{}', { 'content-type': type });
      expect(answer).toMatchObject({ status: 415, body: { error: 'unsupported_media_type' } });
    },
  );

  it('is not compressed, and not shorter than announced', async () => {
    expect(await echo('{}', { 'content-encoding': 'gzip' })).toMatchObject({
      status: 400,
      body: { error: 'content_encoding_unsupported' },
    });
    expect(await echo('{}', { 'content-length': '5' })).toMatchObject({ status: 400 });
  });
});

describe('the webhook route', () => {
  const deliver = (body: string | Buffer, headers: Record<string, string> = {}): Promise<Answer> =>
    send(subject, 'POST', '/webhooks/payment', { body, headers });

  it.each(['application/json', 'text/plain', 'application/octet-stream', 'garbage', ''])(
    'gets its bytes unread, as %p',
    async (type) => {
      const bytes = Buffer.from([0x7b, 0xff, 0x00, 0x20]);
      expect((await deliver(bytes, { 'content-type': type })).body).toEqual({ hex: bytes.toString('hex') });
    },
  );

  it('takes 256 KiB and no more', async () => {
    expect((await deliver(Buffer.alloc(262_144, 0x20))).status).toBe(200);
    expect(await deliver(Buffer.alloc(262_145, 0x20))).toMatchObject({
      status: 413,
      body: { error: 'body_too_large' },
    });
  });

  it('takes no encoded body and does not read the Authorization header', async () => {
    expect(await deliver('{}', { 'content-encoding': 'br' })).toMatchObject({
      status: 400,
      body: { error: 'content_encoding_unsupported' },
    });
    expect((await deliver('{}', { 'content-encoding': 'identity' })).status).toBe(200);
    expect((await deliver('{}', { authorization: 'Bearer whatever' })).status).toBe(200);
  });
});

describe('a URL', () => {
  const get = (url: string): Promise<Answer> => send(subject, 'GET', url);

  it.each([
    ['/echo/things/%00', 400, 'unsupported_characters'],
    ['/echo/things/x?q=%00', 400, 'unsupported_characters'],
    ['/echo/things/x?q=%zz', 400, 'malformed_url'],
    ['/echo/things/x?q=%ed%a0%80', 400, 'malformed_url'],
    ['/echo/things/%zz', 400, 'bad_request'],
    ['/echo/things/%ff', 400, 'bad_request'],
    ['/echo/things/1', 404, 'not_found'],
    [`/echo/things/${'a'.repeat(301)}`, 414, 'url_too_long'],
    ['/nowhere', 404, 'not_found'],
  ])('%s is %d %s', async (url, status, error) => {
    const answer = await get(url);
    expect(answer).toMatchObject({ status, body: { error, message: expect.any(String) as unknown } });
    expect(answer.headers['x-request-id']).toBe(answer.body['requestId']);
  });

  it('has ids in any case and a query that cannot change a prototype', async () => {
    const answer = await get('/echo/things/0197A000-0000-7000-8000-000000000000?__proto__=1&a=%F0%9F%98%80');
    expect(answer.body).toMatchObject({ id: '0197a000-0000-7000-8000-000000000000', query: { a: '😀' } });
  });
});

describe('an error', () => {
  it('that nobody expected says nothing but its request id', async () => {
    const answer = await send(subject, 'GET', '/echo/defect', { headers: { 'x-request-id': 'mine' } });
    expect(answer).toMatchObject({ status: 500, body: { error: 'internal_error' } });
    expect(answer.text).not.toContain('hunter2');
    expect(answer.body['requestId']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('with a body of our own is sent as it is', async () => {
    const answer = await send(subject, 'GET', '/echo/forbidden');
    expect(answer.status).toBe(403);
    expect(answer.body).toEqual({ error: 'upgrade_required', message: 'Pay', upgradeUrl: '/pricing' });
  });

  it('of the database about a value is a 400', async () => {
    const answer = await send(subject, 'GET', '/echo/database/no-uuid');
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_value' } });
  });
});

describe('every answer', () => {
  it('carries security headers, also those the router gives', async () => {
    for (const url of ['/health/live', '/nowhere', '/echo/things/%zz', '/echo/things/1'])
      expect((await send(subject, 'GET', url)).headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as unknown,
        'cache-control': 'no-store',
      });
  });

  it('is given as JSON even to bytes that are no HTTP', async () => {
    await subject.app.listen(0, '127.0.0.1');
    const { port } = subject.app.getHttpServer().address() as { port: number };
    for (const [bytes, status] of [
      ['rubbish\r\n\r\n', '400'],
      [`GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`, '431'],
    ] as const) {
      const socket = connect(port, '127.0.0.1');
      socket.write(bytes);
      expect(await textOf(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*"error":"\\w+"`));
    }
  });

  it('is missed by nobody who hangs up in the middle of a request, and the log tells of no database', async () => {
    const told: unknown[][] = [];
    const tell = (...words: unknown[]): void => void told.push(words);
    subject.app.useLogger({ log: () => undefined, warn: tell, error: tell });
    const server = subject.app.getHttpServer();
    const { port } = server.address() as { port: number };
    const socket = connect(port, '127.0.0.1');
    const asked = once(server, 'request');
    socket.write(
      'POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    const [, answer] = (await asked) as [IncomingMessage, ServerResponse];
    const gone = once(answer, 'close');
    socket.destroy();
    await gone;
    expect(await send(subject, 'GET', '/health/live')).toMatchObject({ status: 200 });
    expect(told).toEqual([]);
  });
});

describe('the OpenAPI document', () => {
  it('is served, and knows the routes with their bodies, answers and errors', async () => {
    const document = (await send(subject, 'GET', '/docs-json')).body as unknown as OpenAPIObject;
    const register = document.paths['/v1/register'].post!;
    expect(JSON.stringify(register.requestBody)).toContain('password');
    expect(Object.keys(register.responses)).toEqual(expect.arrayContaining(['201', '400', '409']));
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/v1/login', '/v1/refresh', '/v1/me', '/v1/api-keys/{id}', '/staff/session']),
    );
    expect(document.paths).not.toHaveProperty('/dev/mailbox');
    const page = await send(subject, 'GET', '/docs');
    expect(page).toMatchObject({ status: 200 });
    expect(page.text).toContain('swagger-ui');
    expect((await send(subject, 'GET', '/docs/swagger-ui-bundle.js')).status).toBe(200);
  });
});

describe('health', () => {
  it('tells a live process from a ready one', async () => {
    const ill = await createAuthApp();
    for (const url of ['/health/live', '/health/ready'])
      expect(await send(ill, 'GET', url)).toMatchObject({ status: 200, body: { status: 'ok' } });
    await ill.database.destroy();
    expect(await send(ill, 'GET', '/health/live')).toMatchObject({ status: 200 });
    expect(await send(ill, 'GET', '/health/ready')).toMatchObject({
      status: 503,
      body: { error: 'unavailable' },
      headers: { 'retry-after': '1' },
    });
    await ill.close();
  });
});

describe('the development mailbox', () => {
  it('shows mails to this machine under its own name only', async () => {
    await subject.app.get(DevMailbox).send({ to: 'a@example.test', subject: '<b>Hi</b>', text: 'x' });
    const local = await send(subject, 'GET', '/dev/mailbox', { headers: { host: 'localhost:3000' } });
    expect(local.status).toBe(200);
    expect(local.text).toContain('&lt;b&gt;Hi&lt;/b&gt;');
    for (const request of [
      { headers: { host: 'localhost:3000' }, from: '192.0.2.1' },
      { headers: { host: 'rebound.example' } },
    ])
      expect((await send(subject, 'GET', '/dev/mailbox', request)).status).toBe(404);
  });

  it('does not exist where mail is not kept', async () => {
    const plain = await createAuthApp({ devMailbox: false });
    const answer = await send(plain, 'GET', '/dev/mailbox', { headers: { host: 'localhost' } });
    expect(answer.status).toBe(404);
    await plain.close();
  });
});
