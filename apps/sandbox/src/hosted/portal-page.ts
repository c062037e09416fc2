import type { HostedPortal, HostedSubscription } from '../stand-in.js';
import { html, type Html } from './html.js';
import { page } from './page-layout.js';
import { portalForms } from './portal-forms.js';
import { counted, instant, money } from './wording.js';

/** The customer portal: every subscription with its state, and the one button that fits it. */
export function portalPage(portal: HostedPortal, action: string, problem?: string): string {
  const items = portal.subscriptions.map((one) => item(one, action));
  const empty = html`<div class="item"><p class="soft">There is no subscription yet.</p></div>`;
  const back =
    portal.returnUrl === null
      ? null
      : html`<div class="foot">
          <a id="back" href="${portal.returnUrl}">&larr; Return to the application</a>
        </div>`;
  const body = html`<div class="card">
    <div class="item">
      <h1>Your subscription</h1>
      <p class="soft">${portal.email ?? 'Signed in by link'}</p>
    </div>
    ${problem === undefined ? null : html`<div class="item"><p class="note bad" role="alert" style="margin:0">${problem}</p></div>`}
    ${items.length === 0 ? empty : items} ${back}
  </div>`;
  return page('Customer portal', portal.provider, body, true);
}

function item(one: HostedSubscription, action: string): Html {
  const seats = one.seats === null ? null : row('Seats', counted(one.seats, 'seat'));
  return html`<div class="item">
    <div class="head">
      <div>
        <h2 style="margin:0">${one.planName}</h2>
        <p class="soft">${money(one.amount, one.currency)} per ${one.interval}</p>
      </div>
      ${tag(one)}
    </div>
    <dl>${seats}${deadline(one)}${changes(one)}</dl>
    ${one.live ? portalForms(one, action) : null} ${button(one, action)}
  </div>`;
}

function row(term: string, detail: string): Html {
  return html`<div>
    <dt>${term}</dt>
    <dd>${detail}</dd>
  </div>`;
}

function tag(one: HostedSubscription): Html {
  if (!one.live) return html`<span class="tag off">Ended</span>`;
  if (one.cancelAt !== null) return html`<span class="tag warn">Cancelled</span>`;
  if (one.status === 'paused') return html`<span class="tag warn">Paused</span>`;
  if (one.status === 'past_due' || one.status === 'unpaid')
    return html`<span class="tag warn">Payment failed</span>`;
  return html`<span class="tag">${one.status === 'trialing' ? 'Free trial' : 'Active'}</span>`;
}

function deadline(one: HostedSubscription): Html {
  if (!one.live) return row('Ended', one.endedAt === null ? 'yes' : instant(one.endedAt));
  if (one.cancelAt !== null) return row('Access until', instant(one.cancelAt));
  return row(one.status === 'trialing' ? 'Trial ends' : 'Renews', instant(one.periodEnd));
}

function changes(one: HostedSubscription): Html | null {
  return one.pendingChange === null ? null : row('Changes then to', one.pendingChange);
}

function button(one: HostedSubscription, action: string): Html | null {
  if (!one.live) return null;
  return one.cancelAt === null
    ? html`<form method="post" action="${action}/cancel/${one.id}">
          <button id="cancel">Cancel subscription</button>
        </form>
        <p class="soft" style="margin-top:10px">You keep access until the period ends.</p>`
    : html`<form method="post" action="${action}/uncancel/${one.id}">
        <button class="key" id="uncancel">Keep my subscription</button>
      </form>`;
}
