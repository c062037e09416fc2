import { describe, expect, it } from '@jest/globals';
import {
  ForbiddenException,
  HttpException,
  NotFoundException,
  PayloadTooLargeException,
} from '@nestjs/common';
import { ConflictError, DomainError, type ErrorKind, UnavailableError } from '@tollgate/kernel';
import { errorAnswer } from './error-answer.js';

const database = (code: string): Error =>
  Object.assign(new Error('db says ann@example.test'), { driverError: { code } });

describe('errorAnswer', () => {
  it.each<[ErrorKind, number]>([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['too_large', 413],
    ['rate_limited', 429],
    ['unavailable', 503],
    ['defect', 500],
  ])('answers a domain error of kind %s with %d and its own code', (kind, status) => {
    const answer = errorAnswer(new DomainError(kind, 'its_code', 'Its message'), 'r1');
    expect(answer).toMatchObject({
      status,
      body: { error: 'its_code', message: 'Its message', requestId: 'r1' },
      logged: kind === 'defect',
    });
  });

  it('shows details, and retryAfter beside them', () => {
    expect(errorAnswer(new ConflictError('seat_taken', 'm', { seats: 3 }), 'r').body).toEqual({
      error: 'seat_taken',
      message: 'm',
      details: { seats: 3 },
      requestId: 'r',
    });
    expect(errorAnswer(new UnavailableError('away', 'm', 7), 'r')).toMatchObject({
      retryAfter: 7,
      body: { error: 'away', retryAfter: 7 },
    });
  });

  it('sends a body that already is one of ours as it is', () => {
    const body = { error: 'rate_limited', message: 'Slow down', retryAfter: 9 };
    expect(errorAnswer(new HttpException(body, 429), 'r')).toMatchObject({
      status: 429,
      body,
      retryAfter: 9,
    });
  });

  it.each([
    [new NotFoundException('Cannot GET /x'), 404, 'not_found'],
    [new ForbiddenException(), 403, 'forbidden'],
    [new PayloadTooLargeException(), 413, 'body_too_large'],
    [new HttpException('teapot', 418), 418, 'bad_request'],
    [Object.assign(new Error('Unsupported'), { statusCode: 415 }), 415, 'unsupported_media_type'],
  ])('gives what the framework throws a stable code (%p)', (error, status, code) => {
    expect(errorAnswer(error, 'r')).toMatchObject({ status, body: { error: code, requestId: 'r' } });
  });

  it('says how a body of another type has to be sent', () => {
    const { body } = errorAnswer(Object.assign(new Error('Unsupported'), { statusCode: 415 }), 'r');
    expect(body['message']).toContain('content-type: application/json');
  });

  it.each([
    new Error('password is hunter2'),
    Object.assign(new Error('hunter2'), { statusCode: 500 }),
    new HttpException('hunter2', 500),
    'hunter2',
    null,
    undefined,
  ])('shows nothing of what nobody expected (%p)', (error) => {
    const answer = errorAnswer(error, 'r');
    expect(answer).toMatchObject({ status: 500, body: { error: 'internal_error' }, logged: true });
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
  });

  it.each([
    ['08006', 503, 'unavailable'],
    ['57P01', 503, 'unavailable'],
    ['57014', 503, 'unavailable'],
    ['40P01', 503, 'unavailable'],
    ['22021', 400, 'invalid_value'],
    ['22003', 400, 'invalid_value'],
    ['42P01', 500, 'internal_error'],
    ['23505', 500, 'internal_error'],
  ])('sorts the SQLSTATE %s into %d', (code, status, error) => {
    const answer = errorAnswer(database(code), 'r');
    expect(answer).toMatchObject({ status, body: { error } });
    expect(JSON.stringify(answer.body)).not.toContain('ann@');
    expect(answer.retryAfter !== null).toBe(status === 503);
  });
});
