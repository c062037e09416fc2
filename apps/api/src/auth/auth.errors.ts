import { DomainError } from '@tollgate/kernel';

/** The e-mail and password, the token or the key do not prove anybody. */
export class InvalidCredentialsError extends DomainError {
  constructor(message = 'These credentials are not valid') {
    super('unauthenticated', 'invalid_credentials', message);
  }
}

/** The access token was good once; a refresh gives a new one. */
export class TokenExpiredError extends DomainError {
  constructor() {
    super('unauthenticated', 'token_expired', 'The access token has expired');
  }
}

/** Too many failed sign-ins for this account from this address; `retryAfter` is in whole seconds. */
export class TooManyAttemptsError extends DomainError {
  constructor(retryAfter: number) {
    super('rate_limited', 'too_many_attempts', 'Too many attempts; wait before the next one', { retryAfter });
  }
}

/** Users belong to an identity provider here, so there is nothing to register for or sign in to. */
export class SignInElsewhereError extends DomainError {
  constructor() {
    super('not_found', 'sign_in_elsewhere', 'Sign in at the identity provider of this installation');
  }
}
