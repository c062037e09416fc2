import { ErrorState } from '../shared/ErrorState.js';

/** What a screen that broke leaves behind; going to another page mends it too. */
export const PageError = () => (
  <ErrorState
    title="This page broke"
    message="The dashboard hit an error of its own. Try again, or go to another page."
    onRetry={() => window.location.reload()}
  />
);
