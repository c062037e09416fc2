import { Alert, AlertTitle, Button } from '@mui/material';

interface ErrorStateProps {
  title: string;
  message: string;
  onRetry?: () => void;
}

/** A failed load, in words, with the way on. */
export const ErrorState = ({ title, message, onRetry }: ErrorStateProps) => (
  <Alert
    severity="error"
    variant="outlined"
    sx={{ m: 2, bgcolor: 'background.paper' }}
    action={
      onRetry && (
        <Button color="inherit" size="small" onClick={onRetry}>
          Try again
        </Button>
      )
    }
  >
    <AlertTitle>{title}</AlertTitle>
    {message}
  </Alert>
);
