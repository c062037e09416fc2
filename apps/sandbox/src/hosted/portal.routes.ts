import type { FastifyInstance } from 'fastify';
import { SandboxRefusal, type HostedPortal, type StandIn } from '../stand-in.js';
import { portalPage } from './portal-page.js';

interface ByToken {
  Params: { token: string };
}

interface ByAction {
  Params: { token: string; action: string; id: string };
}

/** The customer portal: shown, and a cancel scheduled or taken back. */
export function portalPages(app: FastifyInstance, standIns: readonly StandIn[]): void {
  app.get<ByToken>('/portal/:token', ({ params: { token } }, reply) =>
    reply.send(portalPage(open(standIns, token).portal, `/portal/${token}`)),
  );
  app.post<ByAction>('/portal/:token/:action/:id', ({ params: { token, action, id } }, reply) => {
    const { standIn, portal } = open(standIns, token);
    // The link opens one customer's portal; another customer's subscription is not there.
    if (!portal.subscriptions.some((one) => one.id === id))
      throw new SandboxRefusal(404, 'There is no such subscription.');
    try {
      if (action === 'cancel') standIn.cancel(id);
      else if (action === 'uncancel') standIn.uncancel(id);
      else throw new SandboxRefusal(404, 'There is no such action.');
    } catch (error) {
      if (!(error instanceof SandboxRefusal)) throw error;
      return reply.code(error.status).send(portalPage(portal, `/portal/${token}`, error.message));
    }
    return reply.redirect(`/portal/${token}`, 303);
  });
}

function open(standIns: readonly StandIn[], token: string): { standIn: StandIn; portal: HostedPortal } {
  for (const standIn of standIns) {
    const portal = standIn.portal(token);
    if (portal !== undefined) return { standIn, portal };
  }
  throw new SandboxRefusal(404, 'This portal link is unknown or has expired.');
}
