import { describe, expect, it } from '@jest/globals';
import { BadRequestException, HttpException, RequestTimeoutException } from '@nestjs/common';
import {
  ConflictError,
  DomainError,
  InvalidRequestError,
  NotFoundError,
  UnavailableError,
} from '@tollgate/kernel';
import { AccessDeniedException } from '../gates/access-denied.exception.js';
import { type Fault, faultOf } from './charge.js';

const denied = new AccessDeniedException(
  { allowed: false, feature: 'size', reason: 'ceiling_exceeded', message: 'too large' },
  { upgradeUrl: '/pricing', compatDenialBody: false },
);

describe('faultOf', () => {
  it.each<[string, unknown, Fault]>([
    ['an error that nobody foresaw', new Error('boom'), 'ours'],
    ['something thrown that is no error', 'boom', 'ours'],
    ['a 503', new HttpException('later', 503), 'ours'],
    ['a timeout', new RequestTimeoutException(), 'ours'],
    ['a part that is down', new UnavailableError('x_unavailable', 'later'), 'ours'],
    ['a defect', new DomainError('defect', 'x', 'x'), 'ours'],
    ['a later gate’s denial', denied, 'ours'],
    ['a 400', new BadRequestException(), 'the caller’s'],
    ['an invalid request', new InvalidRequestError('x', 'x'), 'the caller’s'],
    ['a conflict', new ConflictError('x', 'x'), 'the caller’s'],
    ['a thing that is not there', new NotFoundError('Thing'), 'the caller’s'],
  ])('of %s', (_name, error, fault) => {
    expect(faultOf(error)).toBe(fault);
  });
});
