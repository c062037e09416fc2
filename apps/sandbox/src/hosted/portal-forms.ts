import type { HostedSubscription } from '../stand-in.js';
import { html, type Html } from './html.js';
import { money } from './wording.js';

/** What a customer can change about a running subscription besides ending it. Ids carry the subscription's own. */
export function portalForms(one: HostedSubscription, action: string): Html {
  return html`${planForm(one, action)} ${seatsForm(one, action)} ${cardForm(one, action)}`;
}

// A plan cannot be changed while a cancel is scheduled: both providers refuse it.
function planForm(one: HostedSubscription, action: string): Html | null {
  if (one.plans.length === 0 || one.cancelAt !== null) return null;
  const options = one.plans.map(
    (plan) =>
      html`<option value="${plan.ref}">
        ${plan.name}: ${money(plan.amount, plan.currency)} per ${plan.interval}
      </option>`,
  );
  return html`<form method="post" action="${action}/plan/${one.id}" class="inline">
    <label for="plan-${one.id}">Plan</label>
    <select id="plan-${one.id}" name="plan">
      ${options}
    </select>
    <button>Change plan</button>
  </form>`;
}

function seatsForm(one: HostedSubscription, action: string): Html | null {
  if (one.seats === null || one.seatRange === null || one.cancelAt !== null) return null;
  return html`<form method="post" action="${action}/seats/${one.id}" class="inline">
    <label for="seats-${one.id}">Seats</label>
    <input
      id="seats-${one.id}"
      name="seats"
      type="number"
      inputmode="numeric"
      required
      min="${one.seatRange.least}"
      max="${one.seatRange.most}"
      value="${one.seats}"
    />
    <button>Change seats</button>
  </form>`;
}

function cardForm(one: HostedSubscription, action: string): Html {
  const [wish, label, note] = one.cardFails
    ? ['mend-card', 'Use a card that works', 'The card refuses charges.']
    : ['break-card', 'Use a card that fails', 'The card works.'];
  return html`<form method="post" action="${action}/${wish}/${one.id}" class="inline">
    <p class="soft">${note}</p>
    <button>${label}</button>
  </form>`;
}
