import type { HostedCheckout } from '../stand-in.js';
import { html, type Html } from './html.js';
import { page } from './page-layout.js';
import { counted, money } from './wording.js';

/** The hosted checkout: what is bought on one side, the test card on the other. */
export function checkoutPage(checkout: HostedCheckout, action: string, problem?: string): string {
  const body = html`<div class="card split">
    <section class="side" aria-label="Order">${summary(checkout)} ${seatsForm(checkout, action)}</section>
    <section class="side" aria-label="Payment">${payment(checkout, action, problem)}</section>
  </div>`;
  return page(`Checkout: ${checkout.planName}`, checkout.provider, body);
}

function summary(checkout: HostedCheckout): Html {
  const { amount, currency, interval, seats, trialDays, unitAmount } = checkout;
  const perSeat =
    seats === null ? null : row('Seats', `${counted(seats, 'seat')} × ${money(unitAmount, currency)}`);
  const trial = trialDays > 0 ? row('Free trial', counted(trialDays, 'day')) : null;
  return html`<h1>Subscribe to ${checkout.planName}</h1>
    <p class="soft">Billed every ${interval}, cancel any time.</p>
    <p class="price">${money(amount, currency)} <small>per ${interval}</small></p>
    <dl>
      ${row('Plan', checkout.planName)} ${perSeat}
      ${row('Billing', interval === 'year' ? 'Yearly' : 'Monthly')} ${trial}
      <div class="total">
        <dt>Due today</dt>
        <dd>${money(trialDays > 0 ? 0 : amount, currency)}</dd>
      </div>
    </dl>`;
}

function seatsForm({ seats, seatRange }: HostedCheckout, action: string): Html | null {
  if (seats === null || seatRange === null) return null;
  return html`<form method="post" action="${action}/seats" class="inline">
    <label for="seats">Seats</label>
    <input
      id="seats"
      name="seats"
      type="number"
      inputmode="numeric"
      required
      min="${seatRange.least}"
      max="${seatRange.most}"
      value="${seats}"
    />
    <button id="choose-seats">Update seats</button>
  </form>`;
}

function row(term: string, detail: string): Html {
  return html`<div>
    <dt>${term}</dt>
    <dd>${detail}</dd>
  </div>`;
}

function payment(checkout: HostedCheckout, action: string, problem: string | undefined): Html {
  const email = checkout.email;
  const field =
    email === null
      ? html`<input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          required
          placeholder="you@example.com"
        />`
      : html`<input id="email" value="${email}" readonly />`;
  const label =
    checkout.trialDays > 0 ? 'Start free trial' : `Pay ${money(checkout.amount, checkout.currency)}`;
  return html`<h2>Payment details</h2>
    ${problem === undefined ? null : html`<p class="note bad" role="alert">${problem}</p>`}
    <form method="post" action="${action}/pay">
      <label for="email">E-mail</label>${field} <label for="card">Test card</label>
      <select id="card" name="card">
        <option value="works">4242 4242 4242 4242 (works)</option>
        <option value="fails_later">4000 0000 0000 0341 (works today, fails at renewal)</option>
        <option value="declined">4000 0000 0000 0002 (declined)</option>
      </select>
      <button class="key" id="pay">${label}</button>
    </form>
    <form method="post" action="${action}/decline">
      <button id="decline">Let the card be declined</button>
    </form>
    ${checkout.backUrl === null ? null : html`<a class="button" id="back" href="${checkout.backUrl}">Leave without paying</a>`}`;
}
