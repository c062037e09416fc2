import type { FastifyInstance, FastifyReply } from 'fastify';
import { SandboxRefusal, type HostedCheckout, type StandIn } from '../stand-in.js';
import { checkoutPage } from './checkout-page.js';
import { noticePage } from './page-layout.js';

interface ByToken {
  Params: { token: string };
  Body: { email?: unknown; card?: unknown; seats?: unknown } | undefined;
  Querystring: { declined?: unknown };
}

const DECLINED = 'Your card was declined. Nothing was charged.';

/** The hosted checkout page: shown, its seats chosen, paid, declined. */
export function checkoutPages(app: FastifyInstance, standIns: readonly StandIn[]): void {
  const owner = (token: string): StandIn => {
    const found = standIns.find((one) => one.checkout(token) !== undefined);
    if (found === undefined)
      throw new SandboxRefusal(404, 'There is no such checkout. The link may be from another sandbox.');
    return found;
  };
  app.get<ByToken>('/checkout/:token', ({ params: { token }, query }, reply) =>
    show(reply, token, owner(token), query.declined === undefined ? undefined : DECLINED),
  );
  app.get<ByToken>('/checkout/:token/done', (_request, reply) =>
    reply.send(noticePage('Thank you', 'The sandbox took the payment. You can close this page.')),
  );
  app.post<ByToken>('/checkout/:token/pay', ({ params: { token }, body }, reply) => {
    const email =
      typeof body?.email === 'string' && /^[^\s@]+@[^\s@]+$/.test(body.email) ? body.email : undefined;
    return attempt(reply, token, owner(token), (standIn) => {
      if (body?.card === 'declined') return decline(reply, token, standIn);
      const card = body?.card === 'fails_later' ? 'fails_later' : 'works';
      return reply.redirect(standIn.pay(token, email, card).successUrl, 303);
    });
  });
  app.post<ByToken>('/checkout/:token/seats', ({ params: { token }, body }, reply) =>
    attempt(reply, token, owner(token), (standIn) => {
      standIn.chooseSeats(token, Number(body?.seats));
      return reply.redirect(`/checkout/${encodeURIComponent(token)}`, 303);
    }),
  );
  app.post<ByToken>('/checkout/:token/decline', ({ params: { token } }, reply) =>
    attempt(reply, token, owner(token), (standIn) => decline(reply, token, standIn)),
  );
}

function decline(reply: FastifyReply, token: string, standIn: StandIn): FastifyReply {
  standIn.decline(token);
  return reply.redirect(`/checkout/${encodeURIComponent(token)}?declined=1`, 303);
}

function show(reply: FastifyReply, token: string, standIn: StandIn, problem?: string): FastifyReply {
  const checkout = standIn.checkout(token);
  if (checkout === undefined || checkout.state === 'expired') {
    return reply
      .code(410)
      .send(noticePage('Checkout expired', 'Please start again from the application.', backLink(checkout)));
  }
  if (checkout.state === 'paid') {
    const link = { href: checkout.successUrl, label: 'Continue' };
    return reply.send(noticePage('Already paid', 'This checkout has been paid.', link));
  }
  return reply.send(checkoutPage(checkout, `/checkout/${token}`, problem));
}

function backLink(checkout: HostedCheckout | undefined): { href: string; label: string } | undefined {
  return checkout?.backUrl ? { href: checkout.backUrl, label: 'Back to the application' } : undefined;
}

// The provider's refusal is shown on the page the buyer is on.
function attempt(
  reply: FastifyReply,
  token: string,
  standIn: StandIn,
  act: (standIn: StandIn) => FastifyReply,
): FastifyReply {
  try {
    return act(standIn);
  } catch (error) {
    const checkout = standIn.checkout(token);
    if (!(error instanceof SandboxRefusal) || checkout?.state !== 'open') throw error;
    return reply.code(error.status).send(checkoutPage(checkout, `/checkout/${token}`, error.message));
  }
}
