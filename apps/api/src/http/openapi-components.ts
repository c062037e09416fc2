import type { OpenAPIObject } from '@nestjs/swagger';
import { denialBody, denialStatus } from '@tollgate/entitlements';
import { DENIAL_EXAMPLES, DENIAL_REASONS } from './denial-examples.js';
import { ERROR_CODES } from './error-codes.js';
import { FRAMEWORK_CODES, STATUS_OF_KIND } from './error-status.js';

type Components = NonNullable<OpenAPIObject['components']>;
type Examples = NonNullable<Components['examples']>;
type Schemas = NonNullable<Components['schemas']>;

/** A code with the statuses it comes with and words as an example. */
interface DocumentedCode {
  readonly statuses: readonly number[];
  readonly message: string;
}

/** Every code that an error body may carry: those our rules throw, those of denials, and those of the framework. */
export function documentedCodes(): ReadonlyMap<string, DocumentedCode> {
  const codes = new Map<string, DocumentedCode>(FRAMEWORK_CODES);
  for (const { reason, message } of DENIAL_EXAMPLES)
    codes.set(reason, { statuses: [denialStatus(reason)], message });
  codes.set('upgrade_required', { statuses: [403], message: 'This feature requires a paid plan' });
  for (const [code, { kinds, message }] of Object.entries(ERROR_CODES)) {
    const statuses = new Set([
      ...(codes.get(code)?.statuses ?? []),
      ...kinds.map((kind) => STATUS_OF_KIND[kind]),
    ]);
    codes.set(code, {
      statuses: [...statuses].toSorted((one, other) => one - other),
      message: codes.get(code)?.message ?? message,
    });
  }
  return new Map([...codes].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The schemas `ErrorCode` and `DenialReason`: closed lists, each value with its status and words. */
export function codeSchemas(): Schemas {
  const codes = [...documentedCodes()];
  return {
    ErrorCode: {
      type: 'string',
      description: tableOf(
        codes.map(([code, { statuses, message }]) => [code, statuses.join(', '), message]),
      ),
      enum: codes.map(([code]) => code),
    },
    DenialReason: {
      type: 'string',
      description: tableOf(
        DENIAL_EXAMPLES.map(({ reason, message }) => [reason, String(denialStatus(reason)), message]),
      ),
      enum: [...DENIAL_REASONS],
    },
  };
}

/** One example for each error code (`error.<code>`), denial by a gate (`denied.<reason>`) and decision (`decision.<reason>`). */
export function codeExamples(): Examples {
  const examples: Examples = {};
  for (const [code, { message }] of documentedCodes())
    examples[`error.${code}`] = { summary: message, value: { error: code, message, requestId: '…' } };
  for (const decision of DENIAL_EXAMPLES) {
    const { reason, message } = decision;
    examples[`decision.${reason}`] = { summary: message, value: decision };
    examples[`denied.${reason}`] = {
      summary: message,
      value: denialBody(decision, { upgradeUrl: '/pricing', compatDenialBody: false }),
    };
  }
  return examples;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const lines = rows.map(([code = '', status = '', words = '']) => `| \`${code}\` | ${status} | ${words} |`);
  return ['| value | status | words |', '| --- | --- | --- |', ...lines].join('\n');
}
