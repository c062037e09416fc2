/** The secrets of tests; the sandbox and the application share them. */
export const SECRETS = {
  controlToken: 'control-token-of-the-tests',
  polarAccessToken: 'polar-token',
  polarWebhookSecret: 'whsec_polar_of_the_tests',
  stripeSecretKey: 'sk_test_of_the_tests',
  stripeWebhookSecret: 'whsec_stripe_of_the_tests',
};
