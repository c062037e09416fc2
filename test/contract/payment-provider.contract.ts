import { afterAll, beforeAll, describe } from '@jest/globals';
import { describeCatalog } from './catalog.contract.js';
import { describeChanges } from './changes.contract.js';
import { describeCheckouts } from './checkouts.contract.js';
import { ContractDesk } from './contract-desk.js';
import { describeCustomers } from './customers.contract.js';
import { describeDeliveries } from './deliveries.contract.js';
import { describeDirectCreation } from './direct.contract.js';
import { describeLife } from './life.contract.js';
import { describeListings } from './listings.contract.js';
import { describeOutOfReach } from './out-of-reach.contract.js';
import { describePreviews } from './previews.contract.js';
import type { ProviderBench } from './provider-bench.js';
import { describeSubscriptions } from './subscriptions.contract.js';
import { describeUsage } from './usage.contract.js';

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
    describeChanges(name, desk);
    describePreviews(name, desk);
    describeLife(name, desk);
    describeListings(name, desk);
    describeCatalog(name, desk);
    describeUsage(name, desk);
    describeDirectCreation(name, desk);
    describeDeliveries(name, desk);
    describeOutOfReach(name, desk);
  });
}
