import { Injectable } from '@nestjs/common';
import { BillingOwners, Organizations } from '@tollgate/billing';
import { lockInTransaction, type Transaction, TransactionRunner } from '@tollgate/kernel';
import { PasswordHasher } from '../../auth/passwords/password-hasher.service.js';
import { Users } from '../../auth/users/users.repository.js';
import { COLLEAGUE, DEMO_ORGANIZATION, DEMO_PEOPLE, type DemoPerson, ORGANIZER } from './demo-people.js';

/** The demo people and their organization: made once, left alone afterwards. */
@Injectable()
export class DemoTenants {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly users: Users,
    private readonly hasher: PasswordHasher,
    private readonly owners: BillingOwners,
    private readonly organizations: Organizations,
  ) {}

  /** Makes who is missing; all demo people have the password given at the first start. */
  async ensure(password: string): Promise<void> {
    const passwordHash = await this.hasher.hash(password);
    await this.transactions.run(async (tx) => {
      await lockInTransaction(tx, 'demo-tenants');
      for (const person of DEMO_PEOPLE) await this.ensurePerson(tx, person, passwordHash);
      await this.ensureOrganization(tx);
    });
  }

  private async ensurePerson(tx: Transaction, person: DemoPerson, passwordHash: string): Promise<void> {
    if (await this.users.byEmail(person.email)) return;
    await this.users.insert(tx, { ...person, passwordHash });
    await this.owners.register(tx, person.id);
  }

  private async ensureOrganization(tx: Transaction): Promise<void> {
    if ((await this.organizations.ofUser(ORGANIZER.id, tx)).length > 0) return;
    const billingOwnerId = await this.owners.register(tx, ORGANIZER.id);
    const organizationId = await this.organizations.create(tx, {
      name: DEMO_ORGANIZATION,
      userId: ORGANIZER.id,
      billingOwnerId,
    });
    await this.organizations.addMember(tx, { organizationId, userId: COLLEAGUE.id, role: 'member' });
  }
}
