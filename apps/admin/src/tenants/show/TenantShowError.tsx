import { HttpError, useShowContext } from 'react-admin';
import { ErrorState } from '../../shared/ErrorState.js';
import { errorWords } from '../../shared/errorWords.js';

/** An address that leads nowhere is final; everything else may be tried again. */
export const TenantShowError = () => {
  const { error, refetch } = useShowContext();
  const nowhere = error instanceof HttpError && (error.status === 404 || error.status === 400);
  return nowhere ? (
    <ErrorState
      title="There is no such tenant"
      message="The link may be mistyped, or the tenant was deleted."
    />
  ) : (
    <ErrorState
      title="The tenant could not be loaded"
      message={errorWords(error)}
      onRetry={() => void refetch()}
    />
  );
};
