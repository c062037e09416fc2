import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { denialStatus, type DenialReason } from '@tollgate/entitlements';
import { ERROR_CODES } from '../../../apps/api/src/http/error-codes.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { register } from '../../support/people.js';

/** Written out here once more: the compiler refuses a list that lacks a reason or has one too many. */
const EVERY_REASON: Readonly<Record<DenialReason, true>> = {
  unauthenticated: true,
  owner_unresolved: true,
  feature_unknown: true,
  feature_disabled: true,
  plan_required: true,
  subscription_lapsed: true,
  not_rolled_out: true,
  rate_limited: true,
  quota_exceeded: true,
  capacity_reached: true,
  over_limit: true,
  ceiling_exceeded: true,
  seat_limit: true,
  unavailable: true,
};
const REASONS = Object.keys(EVERY_REASON).toSorted() as DenialReason[];

interface Example {
  readonly value: Record<string, unknown>;
}

interface Operation {
  readonly requestBody?: object;
  readonly summary?: string;
  readonly security?: readonly Record<string, unknown>[];
  readonly responses: Record<
    string,
    {
      readonly description: string;
      readonly content?: {
        'application/json'?: { examples?: Record<string, { $ref: string }>; schema?: object };
      };
    }
  >;
}

interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: {
    readonly schemas: Record<string, { enum?: string[]; description?: string }>;
    readonly examples: Record<string, Example>;
    readonly securitySchemes: Record<string, object>;
  };
}

let test: TestApp;
let document: Document;

beforeAll(async () => {
  test = await createTestApp();
  document = (await test.anonymous.get('/docs-json')).expect(200).body as unknown as Document;
});
afterAll(() => test.close());

const examplesOf = (response: Operation['responses'][string] | undefined): string[] =>
  Object.keys(response?.content?.['application/json']?.examples ?? {});

describe('the OpenAPI document', () => {
  it('EE-15 lists every reason of a denial, with status, words and an example of each', () => {
    const { DenialReason: schema } = document.components.schemas;
    expect(schema?.enum?.toSorted()).toEqual(REASONS);
    for (const reason of REASONS) {
      expect(schema?.description).toContain(`| \`${reason}\` | ${denialStatus(reason)} | `);
      expect(document.components.examples[`decision.${reason}`]?.value).toMatchObject({
        allowed: false,
        reason,
        message: expect.any(String) as unknown,
      });
      expect(document.components.examples[`denied.${reason}`]?.value).toMatchObject({ reason });
    }
  });

  it('lists every code that is thrown anywhere, with status, words and an example of each', () => {
    const { ErrorCode: schema } = document.components.schemas;
    const codes = [...Object.keys(ERROR_CODES), 'upgrade_required', 'internal_error', 'body_too_large'];
    expect(schema?.enum).toEqual(expect.arrayContaining([...codes, ...REASONS]));
    for (const code of codes) {
      expect(schema?.description).toMatch(new RegExp(`\\| \`${code}\` \\| \\d{3}`));
      expect(document.components.examples[`error.${code}`]?.value).toMatchObject({ error: code });
    }
  });

  it('says of every operation in one line of its own what it does', () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary = '' }]) => ({ where: `${method} ${path}`, summary })),
    );
    expect(told.length).toBeGreaterThan(50);
    expect(told.filter(({ summary }) => !/^.{10,120}$/.test(summary))).toEqual([]);
  });

  it('names 400 wherever a body is read or the request names its organization', () => {
    const silent = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { requestBody, responses }]) => {
        const resolves = responses['403']?.description.includes('owner_unresolved') ?? false;
        const isNamed = responses['400'] !== undefined;
        return (requestBody || resolves) && !isNamed ? [`${method} ${path}`] : [];
      }),
    );
    expect(silent).toEqual([]);
  });

  it('names no code at a route that the list does not have, and gives each its example there', () => {
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) =>
        Object.entries(responses)
          .filter(([status]) => Number(status) >= 400)
          .map(([status, response]) => ({ where: `${method} ${path} ${status}`, response })),
      ),
    );
    expect(routes.length).toBeGreaterThan(50);
    const listed = document.components.schemas['ErrorCode']?.enum ?? [];
    for (const { where, response } of routes) {
      const named = [...response.description.matchAll(/`([a-z_]+)`/g)].map(([, code = '']) => code);
      expect([where, named.filter((code) => !listed.includes(code))]).toEqual([where, []]);
      expect([where, examplesOf(response)]).toEqual([where, named.map((code) => `error.${code}`)]);
    }
  });

  it('describes a decision as allowed or denied, and shows every denial where one is answered', () => {
    const answer = document.paths['/v1/check']?.['post']?.responses['200'];
    expect(examplesOf(answer).toSorted()).toEqual(REASONS.map((reason) => `decision.${reason}`).toSorted());
    const schema = JSON.stringify(answer?.content?.['application/json']?.schema);
    for (const reason of REASONS) expect(schema).toContain(`"${reason}"`);
    for (const name of ['ownerId', 'requiredPlans', 'retryAfter', 'resetsAt', 'remaining', 'trace'])
      expect(schema).toContain(`"${name}"`);
  });

  it('knows service keys as credentials of their own', () => {
    expect(document.components.securitySchemes['service_key']).toMatchObject({
      type: 'http',
      scheme: 'bearer',
    });
    for (const path of ['/v1/check', '/v1/check/batch'])
      expect(document.paths[path]?.['post']?.security).toEqual(
        expect.arrayContaining([{ service_key: [] }, { bearer: [] }]),
      );
  });

  it('shows errors as they are answered', async () => {
    const person = await register(test);
    const { body } = (await person.call.post('/v1/export')).expect(403);
    const { ownerId: _ownerId, ...example } =
      document.components.examples['denied.plan_required']?.value ?? {};
    expect(Object.keys(body).toSorted()).toEqual(Object.keys(example).toSorted());
  });
});
