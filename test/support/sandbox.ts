import { SANDBOX_CATALOG } from '../../apps/api/src/launcher/sandbox-catalog.js';
import { createSandbox } from '../../apps/sandbox/src/sandbox.js';
import { Answer, Caller } from './caller.js';
import { SECRETS } from './secrets.js';

/** The provider stand-in of a test, with the hands of a buyer and of fate. */
export interface TestSandbox {
  readonly url: string;
  /** The control routes. */
  readonly control: Caller;
  /** Pays on the hosted page of a checkout. */
  pay(checkoutUrl: string): Promise<Answer>;
  /** Resolves when every event that is due was attempted. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a sandbox whose webhooks go to the application at `appUrl`. */
export async function startTestSandbox(appUrl: string): Promise<TestSandbox> {
  const webhookUrl = `${appUrl}/webhooks/payment`;
  const sandbox = await createSandbox({
    controlToken: SECRETS.controlToken,
    polar: { apiKey: SECRETS.polarAccessToken, webhookSecret: SECRETS.polarWebhookSecret, webhookUrl },
    stripe: { apiKey: SECRETS.stripeSecretKey, webhookSecret: SECRETS.stripeWebhookSecret, webhookUrl },
    catalog: SANDBOX_CATALOG.map((offer) => ({ ...offer, metadata: { ...offer.metadata } })),
  });
  const { url } = await sandbox.listen(0);
  const control = new Caller(url, { authorization: `Bearer ${SECRETS.controlToken}` });
  return {
    url,
    control,
    pay: (checkoutUrl) => new Caller(url).send('POST', `${checkoutUrl}/pay`),
    flush: async () => {
      (await control.post('/_control/webhooks/flush', {})).expect(200);
    },
    close: () => sandbox.close(),
  };
}
