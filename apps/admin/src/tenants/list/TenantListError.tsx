import { useListContext } from 'react-admin';
import { ErrorState } from '../../shared/ErrorState.js';
import { errorWords } from '../../shared/errorWords.js';

/** The list could not be loaded. */
export const TenantListError = () => {
  const { error, refetch } = useListContext();
  return (
    <ErrorState
      title="The tenants could not be loaded"
      message={errorWords(error)}
      onRetry={() => void refetch()}
    />
  );
};
