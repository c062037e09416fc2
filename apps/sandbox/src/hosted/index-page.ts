import { html, type Html } from './html.js';
import { page } from './page-layout.js';

/** What opens at the root: what answers here, for whoever follows the address that the start prints. */
export function indexPage(): string {
  const body = html`<div class="card">
    <div class="side">
      <h1>Tollgate sandbox</h1>
      <p class="soft">A local stand-in of Polar and Stripe, on one virtual clock.</p>
      <dl>
        ${row('/polar/v1/…', 'Polar’s API')} ${row('/v1/…', 'Stripe’s API')}
        ${row('/checkout/…', 'where a buyer pays: the url that POST /v1/checkout of the application answers')}
        ${row('/portal/…', 'card, plan, seats, cancel: the url that POST /v1/portal of the application answers')}
        ${row('/_control/…', 'clock, failing cards, outages, webhooks, money: with the control token as a bearer')}
      </dl>
      <p class="soft">
        Mails that the application sends lie in its own mailbox. Every control route stands in
        apps/sandbox/README.md.
      </p>
    </div>
  </div>`;
  return page('Sandbox', null, body);
}

function row(term: string, detail: string): Html {
  return html`<div>
    <dt><code>${term}</code></dt>
    <dd>${detail}</dd>
  </div>`;
}
