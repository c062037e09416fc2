import { SystemClock } from '@tollgate/kernel';
import type { DiagnosisStep, DiagnosisSubject } from './provider-diagnosis.js';
import { ProviderRefusedError } from './provider.errors.js';

/** A finding that all is well. */
export function well(subject: DiagnosisSubject, finding: string): DiagnosisStep {
  return { subject, verdict: 'ok', finding, remedy: null };
}

/** A finding that needs somebody. */
export function unwell(
  subject: DiagnosisSubject,
  verdict: 'warn' | 'fail',
  finding: string,
  remedy: string,
): DiagnosisStep {
  return { subject, verdict, finding, remedy };
}

/** What is looked at in one step, and what failing to look means. */
export interface Look {
  readonly subject: DiagnosisSubject;
  readonly look: () => Promise<DiagnosisStep>;
}

/** Takes the steps one after the other; a step that cannot be taken is a finding as well. */
export async function takeSteps(looks: readonly Look[]): Promise<readonly DiagnosisStep[]> {
  const steps: DiagnosisStep[] = [];
  for (const { subject, look } of looks) {
    steps.push(await look().catch((error: unknown) => toFailure(subject, error)));
  }
  return steps;
}

function toFailure(subject: DiagnosisSubject, error: unknown): DiagnosisStep {
  if (error instanceof ProviderRefusedError) {
    const remedy =
      error.reason === 'credentials'
        ? 'Make a key with the scopes named in docs/operations.md, of the same environment'
        : `Look up what the provider means by ${error.providerCode}`;
    return unwell(subject, 'fail', `refused by the provider: ${error.providerCode}`, remedy);
  }
  const finding = 'could not be looked at: the provider did not answer';
  return unwell(subject, 'fail', finding, 'Check the base URL and the way out of this network, then repeat');
}

/** Beyond this, signatures begin to be refused on one side or the other (they allow 300 s). */
const MOST_SKEW_SECONDS = 30;
const WAIT_MILLISECONDS = 5_000;

/** Compares the machine's time with the provider's, by the Date header of whatever it answers. */
export async function lookAtClock(origin: string): Promise<DiagnosisStep> {
  const machine = new SystemClock();
  const asked = machine.now().getTime();
  const response = await fetch(origin, {
    method: 'HEAD',
    redirect: 'manual',
    signal: AbortSignal.timeout(WAIT_MILLISECONDS),
  });
  const told = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(told)) {
    return unwell(
      'clock',
      'warn',
      'the provider told no time',
      'Check that the machine follows an NTP server',
    );
  }
  // The header has whole seconds, and was written between asking and the answer.
  const skew = Math.round((told + 500 - (asked + machine.now().getTime()) / 2) / 1000);
  if (Math.abs(skew) <= MOST_SKEW_SECONDS) return well('clock', `${Math.abs(skew)} s from the provider’s`);
  const finding = `${Math.abs(skew)} s ${skew > 0 ? 'behind' : 'ahead of'} the provider’s`;
  return unwell(
    'clock',
    'fail',
    finding,
    'Set the machine’s clock (NTP): signatures of webhooks will be refused',
  );
}

/** Counts the price references that the provider does not sell. */
export function lookAtPrices(wanted: readonly string[], onSale: ReadonlySet<string>): DiagnosisStep {
  if (wanted.length === 0) {
    const remedy = 'Run npm run provider:setup and set the lines that it prints';
    return unwell('products', 'fail', 'no plan is mapped to a price', remedy);
  }
  const missing = wanted.filter((ref) => !onSale.has(ref));
  if (missing.length === 0) return well('products', `all ${wanted.length} mapped prices are on sale`);
  const finding = `not on sale at the provider: ${missing.join(', ')}`;
  return unwell('products', 'fail', finding, 'Correct the ids, or run npm run provider:setup for new ones');
}

/** One webhook endpoint as the provider tells it. */
export interface ToldEndpoint {
  readonly url: string;
  readonly enabled: boolean;
  readonly apiVersion: string | null;
  readonly events: readonly string[];
}

/** Looks for our webhook address among the provider's endpoints. */
export function lookAtEndpoints(
  endpoints: readonly ToldEndpoint[],
  expected: { url: string; apiVersion: string; events: readonly string[] },
): DiagnosisStep {
  const subject = 'webhook_endpoint';
  const ours = endpoints.find((one) => one.url.replace(/\/$/, '') === expected.url);
  if (!ours) {
    return unwell(
      subject,
      'fail',
      `no endpoint delivers to ${expected.url}`,
      'Add it, for the events of docs/operations.md',
    );
  }
  if (!ours.enabled)
    return unwell(subject, 'fail', 'the endpoint is disabled', 'Enable it, then run a reconcile');
  if (ours.apiVersion !== expected.apiVersion) {
    const finding = `the endpoint speaks version ${ours.apiVersion ?? '(the account’s)'}, we read ${expected.apiVersion}`;
    return unwell(subject, 'warn', finding, `Set the endpoint’s API version to ${expected.apiVersion}`);
  }
  const hears = (type: string): boolean => ours.events.includes('*') || ours.events.includes(type);
  const deaf = expected.events.filter((type) => !hears(type));
  if (deaf.length === 0) return well(subject, `delivers to ${expected.url}, version ${expected.apiVersion}`);
  return unwell(subject, 'fail', `the endpoint does not send ${deaf.join(', ')}`, 'Add these events to it');
}
