import { z } from 'zod';
import { subscriptionView } from '../../account/subscription-view.js';
import { decisionView } from '../../check/decision.schemas.js';
import { type Facts, factsOf } from './facts.js';
import { HttpClient } from './http-client.js';

const signedIn = z.object({ accessToken: z.string() });
const page = z.object({ url: z.url() });
const command = z.object({ id: z.string(), state: z.string(), outcome: z.string().nullable() });
const accepted = z.object({ command: command.nullable() });
const ledger = z.object({
  entries: z.array(
    z.object({
      kind: z.enum(['charge', 'failed', 'credit', 'refund', 'dispute']),
      amount: z.number().int(),
    }),
  ),
});

/** Where a rehearsal plays: a running API that sells through the sandbox beside it. */
export interface StagePlace {
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  readonly controlToken: string;
}

/** Another plan or another number of seats. */
export interface Wish {
  readonly plan: string;
  readonly interval: 'month' | 'year';
  readonly seats?: number;
}

/** One team's hands, and those of fate: everything goes over HTTP, as it would for anybody. */
export class Stage {
  private readonly fate: HttpClient;
  private readonly clock: HttpClient;
  private team: HttpClient;
  private checkoutUrl: string | null = null;
  private commandId: string | null = null;
  /** How many movements of money were told already. */
  private told = 0;

  constructor(private readonly place: StagePlace) {
    this.fate = new HttpClient(place.sandboxUrl, place.controlToken);
    this.clock = new HttpClient(place.apiUrl, place.controlToken);
    this.team = new HttpClient(place.apiUrl);
  }

  /** Puts our time and the provider's there; answers when everything on the way has happened. */
  async moveTo(at: Date): Promise<void> {
    await this.clock.send('PUT', '/test/clock', 200, { now: at.toISOString(), freeze: true });
  }

  /** Delivers what the provider has to say, and waits until all of it is applied. */
  async settle(at: Date): Promise<void> {
    await this.fate.send('POST', '/_control/webhooks/flush', 200, {});
    await this.moveTo(at);
  }

  async signUp(name: string): Promise<void> {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@rehearsal.example`;
    const form = { email, name, password: 'a year in half a minute' };
    const { accessToken } = signedIn.parse(await this.team.send('POST', '/v1/register', 201, form));
    this.team = new HttpClient(this.place.apiUrl, accessToken);
  }

  async makeWorkflow(name: string): Promise<void> {
    await this.team.send('POST', '/v1/workflows', 201, { name });
  }

  /** Opens the provider's page; {@link pay} pays on it. */
  async openCheckout(wish: Wish): Promise<void> {
    this.checkoutUrl = page.parse(await this.team.send('POST', '/v1/checkout', 201, wish)).url;
  }

  async pay(): Promise<void> {
    if (this.checkoutUrl === null) throw new Error('no checkout is open');
    await this.fate.send('POST', `${this.checkoutUrl}/pay`, 303);
  }

  async change(wish: Wish): Promise<void> {
    const answer = await this.team.send('POST', '/v1/subscription/change', 202, wish);
    this.commandId = accepted.parse(answer).command?.id ?? null;
  }

  async cancel(): Promise<void> {
    await this.wish('cancel');
  }

  async undoCancel(): Promise<void> {
    await this.wish('undo-cancel');
  }

  private async wish(what: string): Promise<void> {
    const answer = await this.team.send('POST', `/v1/subscription/${what}`, 202);
    this.commandId = accepted.parse(answer).command?.id ?? null;
  }

  /** From now on the card refuses every charge. */
  async breakCard(): Promise<void> {
    const { providerCustomerId: id } = await this.subscription();
    await this.fate.send('POST', `/_control/customers/${id}/fail-payments`, 200, { times: 'all' });
  }

  /** A card that works, and what is open is paid with it. */
  async payWithNewCard(): Promise<void> {
    const { providerSubscriptionId: id } = await this.subscription();
    await this.fate.send('POST', `/_control/subscriptions/${id}/recover`, 200, {});
  }

  /** What became of the latest wish to the provider: `done`, `refused (payment_due)`; null when there was none. */
  async commandState(): Promise<string | null> {
    if (this.commandId === null) return null;
    const path = `/v1/subscription/commands/${this.commandId}`;
    const { state, outcome } = command.parse(await this.team.send('GET', path, 200));
    return outcome === null ? state : `${state} (${outcome})`;
  }

  /** What stands now; money that {@link tell} has told is left out. */
  async look(): Promise<Facts> {
    const [subscription, movements, workflows, ai, support] = await Promise.all([
      this.subscription(),
      this.movements(),
      this.decide('workflows'),
      this.decide('ai_features'),
      this.decide('priority_support'),
    ]);
    return factsOf({ subscription, movements: movements.slice(this.told), workflows, ai, support });
  }

  /** The money up to here was told; the next look begins after it. */
  async tell(): Promise<void> {
    this.told = (await this.movements()).length;
  }

  private async movements() {
    return ledger.parse(await this.fate.send('GET', '/_control/money', 200)).entries;
  }

  private async subscription() {
    return subscriptionView.parse(await this.team.send('GET', '/v1/subscription', 200));
  }

  private async decide(feature: string) {
    return decisionView.parse(await this.team.send('POST', '/v1/check', 200, { feature }));
  }
}
