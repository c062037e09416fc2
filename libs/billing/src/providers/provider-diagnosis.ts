/** What `diagnose` looks at, in this order. */
export type DiagnosisSubject =
  | 'credentials'
  | 'clock'
  | 'products'
  | 'tax_codes'
  | 'portal'
  | 'webhook_endpoint';

/** What is expected of the installation. */
export interface DiagnosisInput {
  /** Price references that plans are mapped to. */
  readonly priceRefs: readonly string[];
  /** Where the provider is to deliver, `https://…/webhooks/payment`. */
  readonly webhookUrl: string;
  readonly returnUrl: string;
}

/** One finding: in one line what is so, and what to do unless it is well. */
export interface DiagnosisStep {
  readonly subject: DiagnosisSubject;
  readonly verdict: 'ok' | 'warn' | 'fail';
  readonly finding: string;
  readonly remedy: string | null;
}
