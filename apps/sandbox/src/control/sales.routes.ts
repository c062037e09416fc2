import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { PROVIDERS } from '../options.js';
import { SandboxRefusal, type StandIn } from '../stand-in.js';
import { parseControl } from './control-errors.js';

interface ById {
  Params: { id: string };
}

const paySchema = z.strictObject({ email: z.email().optional() });
const settleSchema = z.strictObject({ end: z.enum(['succeeds', 'fails']).default('succeeds') });
const failSchema = z.strictObject({ when: z.enum(['now', 'next_renewal']).default('now') });
const refundSchema = z.strictObject({ amount: z.int().min(1).optional() });
const saleSchema = z.strictObject({
  provider: z.enum(PROVIDERS),
  customer: z.string().min(1),
  sellable: z.string().min(1),
  seats: z.int().min(1).optional(),
  trialDays: z.int().min(1).optional(),
  metadata: z.record(z.string(), z.string()).optional(),
});
const patchSchema = z.strictObject({
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  price: z.int().min(0).optional(),
  archived: z.boolean().optional(),
});

/** Does by request what a buyer does on the pages, and what happens at a provider without anyone asking. */
export function salesRoutes(app: FastifyInstance, standIns: readonly StandIn[]): void {
  app.post<ById>('/checkouts/:id/pay', ({ params: { id }, body }) =>
    ofCheckout(standIns, id).pay(id, parseControl(paySchema, body).email),
  );
  app.post<ById>('/checkouts/:id/pay-later', ({ params: { id }, body }) =>
    ofCheckout(standIns, id).payLater(id, parseControl(paySchema, body).email),
  );
  app.post<ById>('/checkouts/:id/settle', ({ params: { id }, body }) =>
    ofCheckout(standIns, id).settleLater(id, parseControl(settleSchema, body).end),
  );
  app.post<ById>('/checkouts/:id/decline', ({ params: { id } }) => ofCheckout(standIns, id).decline(id));
  app.post('/subscriptions', ({ body }, reply) => {
    const { provider, ...sale } = parseControl(saleSchema, body);
    const standIn = standIns.find((one) => one.provider === provider);
    if (standIn === undefined) throw new SandboxRefusal(404, 'There is no such provider.');
    reply.code(201);
    return standIn.show(standIn.sell(sale));
  });
  const onSubscription = (name: string, act: (standIn: StandIn, id: string, body: unknown) => void): void => {
    app.post<ById>(`/subscriptions/:id/${name}`, ({ params: { id }, body }) => {
      const standIn = standIns.find((one) => one.hasSubscription(id));
      if (standIn === undefined) throw new SandboxRefusal(404, 'There is no such subscription.');
      act(standIn, id, body);
      return standIn.show(id);
    });
  };
  onSubscription('cancel', (standIn, id) => standIn.cancel(id));
  onSubscription('uncancel', (standIn, id) => standIn.uncancel(id));
  onSubscription('revoke', (standIn, id) => standIn.revoke(id));
  onSubscription('recover', (standIn, id) => standIn.recover(id));
  onSubscription('fail-payment', (standIn, id, body) =>
    standIn.failPayment(id, parseControl(failSchema, body).when),
  );
  onSubscription('refund', (standIn, id, body) =>
    standIn.refund(id, parseControl(refundSchema, body).amount),
  );
  onSubscription('dispute', (standIn, id) => standIn.dispute(id));
  onSubscription('lock', (standIn, id) => standIn.lock(id, true));
  onSubscription('unlock', (standIn, id) => standIn.lock(id, false));
  app.patch<ById>('/products/:id', ({ params: { id }, body }) => {
    const patch = parseControl(patchSchema, body);
    const changed = standIns.filter((one) => one.patchProduct(id, patch)).map((one) => one.provider);
    if (changed.length === 0) throw new SandboxRefusal(404, 'There is no such product.');
    return { changed };
  });
}

function ofCheckout(standIns: readonly StandIn[], id: string): StandIn {
  const standIn = standIns.find((one) => one.checkout(id) !== undefined);
  if (standIn === undefined) throw new SandboxRefusal(404, 'There is no such checkout.');
  return standIn;
}
