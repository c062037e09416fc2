import { Alert, Button } from '@mui/material';
import { useState } from 'react';
import { email, Form, PasswordInput, required, TextInput, useLogin } from 'react-admin';
import { signInErrorWords } from './signInErrorWords.js';

const validEmail = [required('Enter your e-mail address'), email('This is not an e-mail address')];
const validPassword = required('Enter your password');

/** E-mail and password; a refusal stays readable above the button until the next try. */
export const SignInForm = () => {
  const login = useLogin();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const signIn = async (credentials: object) => {
    setPending(true);
    setRefusal(null);
    try {
      await login(credentials);
    } catch (error) {
      setRefusal(signInErrorWords(error));
    } finally {
      setPending(false);
    }
  };

  return (
    <Form onSubmit={signIn} noValidate disableInvalidFormNotification>
      <TextInput
        source="email"
        type="email"
        label="E-mail"
        autoComplete="username"
        validate={validEmail}
        autoFocus
      />
      <PasswordInput
        source="password"
        label="Password"
        autoComplete="current-password"
        validate={validPassword}
      />
      {refusal && (
        <Alert severity="error" sx={{ mt: 1 }}>
          {refusal}
        </Alert>
      )}
      <Button type="submit" variant="contained" size="large" fullWidth loading={pending} sx={{ mt: 2 }}>
        Sign in
      </Button>
    </Form>
  );
};
