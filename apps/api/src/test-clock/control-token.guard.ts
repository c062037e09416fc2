import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@tollgate/kernel';
import { TEST_CLOCK_OPTIONS, type TestClockOptions } from './test-clock.options.js';

/** Lets in who shows the run's control token as a bearer token. */
@Injectable()
export class ControlTokenGuard implements CanActivate {
  constructor(@Inject(TEST_CLOCK_OPTIONS) private readonly options: TestClockOptions) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: { authorization?: string } }>();
    if (!isSame(headers.authorization ?? '', `Bearer ${this.options.controlToken}`)) {
      throw new DomainError(
        'unauthenticated',
        'control_token_refused',
        'The control token is missing or wrong',
      );
    }
    return true;
  }
}

/** Compares in constant time; hashing first makes the lengths equal. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
