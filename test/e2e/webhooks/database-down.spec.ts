import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AppBehindProxy, createAppBehindProxy } from '../../support/app-behind-proxy.js';
import type { TestApp } from '../../support/app.js';
import { deliver, eventBytes, signatureOf } from '../../support/deliveries.js';
import { eventually } from '../../support/poll.js';
import type { TcpProxy } from '../../support/tcp-proxy.js';

describe('webhooks while the database is down', () => {
  let test: TestApp;
  let proxy: TcpProxy;
  let close: AppBehindProxy['close'];

  beforeAll(async () => {
    ({ test, proxy, close } = await createAppBehindProxy({ runsWork: false }));
  });
  afterAll(() => close());

  it.each(['polar', 'stripe'] as const)(
    'are answered 503, never 2xx without a row, and taken when %s tries again',
    async (provider) => {
      const body = eventBytes(provider, 'product.updated', { id: `product_of_${provider}` });
      const headers = signatureOf(provider, body);
      proxy.cut();
      const refused = (await deliver(test, body, headers)).expect(503);
      expect(refused.body['error']).toBe('unavailable');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      (await deliver(test, body, { ...headers, ...signatureOf(provider, Buffer.from('x')) })).expect(401);
      proxy.mend();
      const taken = await eventually(async () => {
        const answer = await deliver(test, body, headers);
        return answer.status === 202 ? answer : null;
      });
      expect(taken.body).toEqual({ received: true, duplicate: false });
      expect(
        await test.database.query('select payload from inbox_event where provider = $1', [provider]),
      ).toEqual([{ payload: body.toString() }]);
    },
  );
});
