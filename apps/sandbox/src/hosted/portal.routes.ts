import type { FastifyInstance } from 'fastify';
import { SandboxRefusal, type HostedPortal, type StandIn } from '../stand-in.js';
import { portalPage } from './portal-page.js';

interface ByToken {
  Params: { token: string };
}

interface ByAction {
  Params: { token: string; action: string; id: string };
  Body: { plan?: unknown; seats?: unknown } | undefined;
}

/** The customer portal: shown, plan, seats and card changed, a cancel scheduled or taken back. */
export function portalPages(app: FastifyInstance, standIns: readonly StandIn[]): void {
  app.get<ByToken>('/portal/:token', ({ params: { token } }, reply) =>
    reply.send(portalPage(open(standIns, token).portal, `/portal/${token}`)),
  );
  app.post<ByAction>('/portal/:token/:action/:id', ({ params: { token, action, id }, body }, reply) => {
    const { standIn, portal } = open(standIns, token);
    // The link opens one customer's portal; another customer's subscription is not there.
    if (!portal.subscriptions.some((one) => one.id === id))
      throw new SandboxRefusal(404, 'There is no such subscription.');
    try {
      act(standIn, action, id, body ?? {});
    } catch (error) {
      if (!(error instanceof SandboxRefusal)) throw error;
      return reply.code(error.status).send(portalPage(portal, `/portal/${token}`, error.message));
    }
    return reply.redirect(`/portal/${token}`, 303);
  });
}

function act(standIn: StandIn, action: string, id: string, form: { plan?: unknown; seats?: unknown }): void {
  switch (action) {
    case 'cancel':
      return standIn.cancel(id);
    case 'uncancel':
      return standIn.uncancel(id);
    case 'plan':
      return standIn.changePlan(id, typeof form.plan === 'string' ? form.plan : '');
    case 'seats':
      return standIn.changeSeats(id, seatsIn(form.seats));
    case 'break-card':
      return standIn.failPayment(id, 'next_renewal');
    case 'mend-card':
      return standIn.recover(id);
    default:
      throw new SandboxRefusal(404, 'There is no such action.');
  }
}

function seatsIn(given: unknown): number {
  const seats = typeof given === 'string' ? Number(given) : Number.NaN;
  if (Number.isInteger(seats) && seats >= 1) return seats;
  throw new SandboxRefusal(422, 'Please enter a whole number of seats.');
}

function open(standIns: readonly StandIn[], token: string): { standIn: StandIn; portal: HostedPortal } {
  for (const standIn of standIns) {
    const portal = standIn.portal(token);
    if (portal !== undefined) return { standIn, portal };
  }
  throw new SandboxRefusal(404, 'This portal link is unknown or has expired.');
}
