import { Alert, Box, Card, CardContent, Stack, Typography } from '@mui/material';
import { useEffect } from 'react';
import { Notification, useCheckAuth } from 'react-admin';
import { useNavigate } from 'react-router';
import { BrandMark } from '../layout/Brand.js';
import { sessionEndedByServer } from '../providers/authProvider.js';
import { SignInForm } from './SignInForm.js';

/** Who is already signed in goes straight on. */
function useLeaveWhenSignedIn(): void {
  const checkAuth = useCheckAuth();
  const navigate = useNavigate();
  useEffect(() => {
    checkAuth({}, false).then(
      () => navigate('/'),
      // Rejected means not signed in, which is what this page is for.
      () => undefined,
    );
  }, [checkAuth, navigate]);
}

/** The door of the dashboard. */
export const SignInPage = () => {
  useLeaveWhenSignedIn();
  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2 }}>
      <title>Sign in · Tollgate</title>
      <Card sx={{ width: '100%', maxWidth: 400 }}>
        <CardContent sx={{ p: { xs: 3, sm: 4 } }}>
          <Stack spacing={0.5} sx={{ mb: 2 }}>
            <BrandMark size={40} />
            <Typography variant="h1" sx={{ pt: 1.5 }}>
              Sign in to Tollgate
            </Typography>
            <Typography color="textSecondary">The back office, for members of staff.</Typography>
          </Stack>
          {sessionEndedByServer() && (
            <Alert severity="info" sx={{ mb: 2 }}>
              Your session has ended. Please sign in again.
            </Alert>
          )}
          <SignInForm />
        </CardContent>
      </Card>
      <Notification />
    </Box>
  );
};
