import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeCheckouts } from './checkouts.contract.js';
import { ContractDesk } from './contract-desk.js';
import { describeCustomers } from './customers.contract.js';
import { describeDeliveries } from './deliveries.contract.js';
import { describeOutOfReach } from './out-of-reach.contract.js';
import type { ProviderBench } from './provider-bench.js';
import { describeSubscriptions } from './subscriptions.contract.js';

/** What the suite is told about the one difference that the port allows. */
export interface ContractOptions {
  readonly open: () => Promise<ProviderBench>;
  readonly closesCheckouts: boolean;
}

/** The promises of the port, which every adapter keeps and the fake as well. */
export function describePaymentProvider(name: string, { open, closesCheckouts }: ContractOptions): void {
  describe(`the payment port by ${name}`, () => {
    const desk = new ContractDesk(closesCheckouts);
    beforeAll(async () => {
      desk.use(await open());
    });
    afterAll(() => desk.bench.close());
    describeCustomers(name, desk);
    describeCheckouts(name, desk);
    describeSubscriptions(name, desk);
    describeDeliveries(name, desk);
    describeOutOfReach(name, desk);
  });
}
